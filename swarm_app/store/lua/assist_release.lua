-- Gives a claimed assist back, or takes it from a worker that is gone: its lease has ended.
--
-- An attempt that is given back is not held against the assist: it was not lost.
--
-- KEYS[1] blocker  hash    N:state, N:attempts, N:returned, N:lease_until, N:worker
-- KEYS[2] brief    hash    label
-- KEYS[3] events   stream  the run's events
-- ARGV[1] number of the assist
-- ARGV[2] the attempt that gives it back; 0: whose lease has ended
-- ARGV[3] now, Unix seconds
-- ARGV[4] TTL, seconds
-- ARGV[5] most events kept
--
-- Returns 1 if it was given back or taken by this call, else 0.

local mine = ARGV[1] .. ':'
local assist = redis.call('HMGET', KEYS[1], mine .. 'state', mine .. 'attempts', mine .. 'lease_until', mine .. 'worker')
if assist[1] ~= 'claimed' then
    return 0
end
local lost = ARGV[2] == '0'
if lost and tonumber(assist[3]) > tonumber(ARGV[3]) or not lost and assist[2] ~= ARGV[2] then
    return 0
end
redis.call('HSET', KEYS[1], mine .. 'state', 'waiting', mine .. 'lease_until', 0)
if not lost then
    redis.call('HINCRBY', KEYS[1], mine .. 'returned', 1)
end
local data = cjson.decode(redis.call('HGET', KEYS[2], 'label'))
data.assist, data.worker, data.attempts = tonumber(ARGV[1]), assist[4], tonumber(assist[2])
local name = lost and 'assist.lost' or 'assist.returned'
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'type', name, 'at', ARGV[3], 'data', cjson.encode(data))
redis.call('EXPIRE', KEYS[3], ARGV[4])
return 1
