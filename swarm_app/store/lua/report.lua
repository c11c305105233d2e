-- Stores a finding and closes its brief: the first report of a brief wins, all others change nothing.
--
-- KEYS[1] brief     hash    state, finding
-- KEYS[2] finding   string  JSON of the finding
-- KEYS[3] findings  list    the run's finding ids
-- KEYS[4] pass      hash    reported, failed
-- KEYS[5] progress  hash    the run's state
-- KEYS[6] events    stream  the run's events
-- ARGV[1] finding id
-- ARGV[2] finding, JSON
-- ARGV[3] "reported" or "failed": how the pass counts it
-- ARGV[4] event data, JSON
-- ARGV[5] now, Unix seconds
-- ARGV[6] TTL, seconds
-- ARGV[7] most events kept
--
-- Returns "stored", "duplicate", "unknown" or "cancelled".

local state = redis.call('HGET', KEYS[1], 'state')
if not state then
    return 'unknown'
end
if state == 'reported' then
    return 'duplicate'
end
if redis.call('HGET', KEYS[5], 'state') == 'cancelled' then
    return 'cancelled'
end

redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[6])
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[6])
redis.call('HSET', KEYS[1], 'state', 'reported', 'finding', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', 'type', 'brief.' .. ARGV[3], 'at', ARGV[5], 'data', ARGV[4])
redis.call('EXPIRE', KEYS[6], ARGV[6])
return 'stored'
