-- Moves a run from one state to another, if it still is in one of the expected ones.
--
-- KEYS[1] progress  hash    state, stop_reason, started_at, ended_at
-- KEYS[2] active    set     ids of runs that are queued or running
-- KEYS[3] events    stream  the run's events
-- KEYS[4] pass      hash    synthesis: the pass, if any, that must be concluded for this, and not opened again since
-- ARGV[1] run id
-- ARGV[2] expected states, comma-separated
-- ARGV[3] new state
-- ARGV[4] stop reason, "" for none
-- ARGV[5] now, Unix seconds
-- ARGV[6] TTL of the run's keys, seconds
-- ARGV[7] most events kept
--
-- Returns 1 if this call moved it, else 0.

local state = redis.call('HGET', KEYS[1], 'state')
if not state or not string.find(',' .. ARGV[2] .. ',', ',' .. state .. ',', 1, true) then
    return 0
end
if KEYS[4] and redis.call('HEXISTS', KEYS[4], 'synthesis') == 0 then
    return 0
end

redis.call('HSET', KEYS[1], 'state', ARGV[3])
if ARGV[4] == '' then
    redis.call('HDEL', KEYS[1], 'stop_reason')
else
    redis.call('HSET', KEYS[1], 'stop_reason', ARGV[4])
end
if ARGV[3] == 'running' then
    redis.call('HSETNX', KEYS[1], 'started_at', ARGV[5])
    redis.call('HDEL', KEYS[1], 'ended_at')
    redis.call('SADD', KEYS[2], ARGV[1])
    redis.call('EXPIRE', KEYS[2], ARGV[6])
else
    redis.call('HSET', KEYS[1], 'ended_at', ARGV[5])
    redis.call('SREM', KEYS[2], ARGV[1])
end

local name = ARGV[3] == 'running' and 'run.started' or 'run.' .. ARGV[3]
local data = ARGV[4] == '' and '{}' or cjson.encode({reason = ARGV[4]})
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[7], '*', 'type', name, 'at', ARGV[5], 'data', data)
redis.call('EXPIRE', KEYS[3], ARGV[6])
redis.call('EXPIRE', KEYS[1], ARGV[6])
return 1
