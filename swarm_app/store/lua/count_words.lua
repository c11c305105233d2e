-- Gives the counts of a shard's words, which are written, their place, unless the shard holds something else by now.
--
-- KEYS[1] staging  hash    the counts, under a name of their own
-- KEYS[2] words    hash    index term -> in how many segments each field has it
-- KEYS[3] record   string  JSON of the shard; none once it was dropped
-- ARGV[1] version of the shard that they were counted in
--
-- Returns 1 if they have it, else 0.

if string.match(redis.call('GET', KEYS[3]) or '', '"version":(%d+)') ~= ARGV[1] then
    redis.call('UNLINK', KEYS[1])
    return 0
end
redis.call('RENAME', KEYS[1], KEYS[2])
redis.call('PERSIST', KEYS[2])
return 1
