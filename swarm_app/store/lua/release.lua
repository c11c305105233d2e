-- Gives a claimed brief back: the next worker need not wait for the lease.
--
-- The attempt is not held against the brief: it was not lost. A straggler that two workers are at stays with
-- the other one.
--
-- KEYS[1] brief   hash    state, holders, returned, lease_until, label
-- KEYS[2] events  stream  the run's events
-- ARGV[1] the attempt that gives it back
-- ARGV[2] now, Unix seconds
-- ARGV[3] TTL, seconds
-- ARGV[4] most events kept
--
-- Returns 1 if it was this attempt's to give, else 0.

local brief = redis.call('HMGET', KEYS[1], 'state', 'holders', 'label')
local mine = ',' .. ARGV[1] .. ','
if brief[1] ~= 'claimed' or not string.find(brief[2], mine, 1, true) then
    return 0
end
local others = string.gsub(brief[2], mine, ',')
redis.call('HSET', KEYS[1], 'holders', others)
redis.call('HINCRBY', KEYS[1], 'returned', 1)
if others == ',' then
    redis.call('HSET', KEYS[1], 'state', 'waiting', 'lease_until', 0)
end
local data = cjson.decode(brief[3])
data.attempts = tonumber(ARGV[1])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], '*', 'type', 'brief.returned', 'at', ARGV[2], 'data', cjson.encode(data))
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
