-- Stores what a closed pass came to, and tells the coordinator of it, once.
--
-- KEYS[1] pass         hash    synthesis (JSON), closed_at
-- KEYS[2] conclusions  hash    pass number -> JSON
-- KEYS[3] events       stream  the run's events
-- ARGV[1] synthesis, JSON
-- ARGV[2] when the pass was closed that it is of: one that was opened again since then has to be concluded anew
-- ARGV[3] pass number
-- ARGV[4] conclusion, JSON
-- ARGV[5] event data, JSON
-- ARGV[6] now, Unix seconds
-- ARGV[7] TTL, seconds
-- ARGV[8] most events kept
--
-- Returns 1 if this call stored it, else 0.

if tonumber(redis.call('HGET', KEYS[1], 'closed_at') or -1) ~= tonumber(ARGV[2]) then
    return 0
end
if redis.call('HSETNX', KEYS[1], 'synthesis', ARGV[1]) == 0 then
    return 0
end
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[7])
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[8], '*', 'type', 'pass.synthesised', 'at', ARGV[6], 'data', ARGV[5])
redis.call('EXPIRE', KEYS[3], ARGV[7])
return 1
