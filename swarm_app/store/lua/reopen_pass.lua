-- Opens a concluded pass of a stopped run again: what it did not come to, it may now, and what it did stands.
-- So may the model that was to write about it, unless it has.
--
-- KEYS[1] progress     hash    the run's: state
-- KEYS[2] pass         hash    synthesis, closed_at and known, which go; opened_at, which moves on as if it had never
--                              been closed
-- KEYS[3] next pass    hash    opened_at: once that is open, nothing goes back
-- KEYS[4] writing      hash    closed_at and known, which go; failed
-- KEYS[5] its brief    hash    state, failed; finding and reported_at; attempts, returned
-- KEYS[6] writings     list    ids of what models wrote for the run
-- KEYS[7] conclusions  hash    pass number -> JSON
-- KEYS[8] events       stream  the run's events
-- ARGV[1] pass number
-- ARGV[2] event data, JSON
-- ARGV[3] now, Unix seconds
-- ARGV[4] TTL, seconds
-- ARGV[5] most events kept
--
-- Returns 1 if this call opened it, else 0.

if redis.call('HGET', KEYS[1], 'state') ~= 'stopped' or redis.call('HEXISTS', KEYS[3], 'opened_at') == 1 then
    return 0
end
if redis.call('HDEL', KEYS[2], 'synthesis') == 0 then
    return 0
end
local times = redis.call('HMGET', KEYS[2], 'opened_at', 'closed_at')
redis.call('HSET', KEYS[2], 'opened_at', times[1] + ARGV[3] - times[2])
redis.call('HDEL', KEYS[2], 'closed_at', 'known')
redis.call('HDEL', KEYS[4], 'closed_at', 'known')
redis.call('HDEL', KEYS[7], ARGV[1])

local brief = redis.call('HMGET', KEYS[5], 'state', 'failed', 'finding', 'attempts')
if brief[1] == 'reported' and brief[2] == '1' then
    redis.call('LREM', KEYS[6], 0, brief[3])
    redis.call('HDEL', KEYS[5], 'finding', 'reported_at', 'failed')
    redis.call('HSET', KEYS[5], 'state', 'waiting', 'returned', brief[4] or 0)
    redis.call('HINCRBY', KEYS[4], 'failed', -1)
end
redis.call('XADD', KEYS[8], 'MAXLEN', '~', ARGV[5], '*', 'type', 'pass.reopened', 'at', ARGV[3], 'data', ARGV[2])
redis.call('EXPIRE', KEYS[8], ARGV[4])
return 1
