-- Stores a pass's synthesis, once.
--
-- KEYS[1] pass    hash    synthesis (JSON), closed_at
-- KEYS[2] events  stream  the run's events
-- ARGV[1] synthesis, JSON
-- ARGV[2] event data, JSON
-- ARGV[3] now, Unix seconds
-- ARGV[4] TTL, seconds
-- ARGV[5] most events kept
--
-- Returns 1 if this call stored it, 0 if there was one already.

if redis.call('HSETNX', KEYS[1], 'synthesis', ARGV[1]) == 0 then
    return 0
end
redis.call('HSETNX', KEYS[1], 'closed_at', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'type', 'pass.synthesised', 'at', ARGV[3], 'data', ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
