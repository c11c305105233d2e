-- Takes a brief back from a worker that is gone: its lease has ended.
--
-- KEYS[1] brief   hash    state, lease_until, worker, label, attempts, hedge
-- KEYS[2] events  stream  the run's events
-- ARGV[1] now, Unix seconds
-- ARGV[2] TTL, seconds
-- ARGV[3] most events kept
--
-- Returns 1 if this call took it back, else 0.

local brief = redis.call('HMGET', KEYS[1], 'state', 'lease_until', 'worker', 'label', 'attempts')
if brief[1] ~= 'claimed' or tonumber(brief[2]) > tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'state', 'waiting', 'lease_until', 0)
redis.call('HDEL', KEYS[1], 'hedge')
local data = cjson.decode(brief[4])
data.worker = brief[3]
data.attempts = tonumber(brief[5])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'type', 'brief.lost', 'at', ARGV[1], 'data', cjson.encode(data))
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
