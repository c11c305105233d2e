-- Gives a document, whose lines are written, its place: nothing is written twice, and what a shard holds stays.
--
-- KEYS[1] staging   list    its lines, under a name of their own
-- KEYS[2] lines     list
-- KEYS[3] offsets   string
-- KEYS[4] document  string  JSON
-- KEYS[5] holders   hash    sha256 -> how many shards hold it
-- ARGV[1] sha256
-- ARGV[2] offsets
-- ARGV[3] document, JSON
-- ARGV[4] seconds that it stays until a shard holds it

redis.call('RENAMENX', KEYS[1], KEYS[2])
redis.call('UNLINK', KEYS[1])
redis.call('SET', KEYS[3], ARGV[2], 'EX', ARGV[4], 'NX')
redis.call('SET', KEYS[4], ARGV[3], 'EX', ARGV[4], 'NX')
if redis.call('HEXISTS', KEYS[5], ARGV[1]) == 1 then
    for key = 2, 4 do
        redis.call('PERSIST', KEYS[key])
    end
end
