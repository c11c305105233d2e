-- Extends the lease of an assist that its worker is still at.
--
-- KEYS[1] blocker   hash  state, N:state, N:attempts, N:lease_until
-- KEYS[2] brief     hash  state
-- KEYS[3] progress  hash  the run's state
-- ARGV[1] number of the assist
-- ARGV[2] the attempt that asks
-- ARGV[3] lease until, Unix seconds
--
-- Returns "renewed", or why the worker should stop: "reported" (the blocker is settled, or the brief reported),
-- "lost" (given to another), "cancelled" (the run is) or "unknown".

local mine = ARGV[1] .. ':'
local assist = redis.call('HMGET', KEYS[1], 'state', mine .. 'state', mine .. 'attempts')
if not assist[2] then
    return 'unknown'
end
if assist[1] ~= 'open' or redis.call('HGET', KEYS[2], 'state') ~= 'blocked' then
    return 'reported'
end
if redis.call('HGET', KEYS[3], 'state') == 'cancelled' then
    return 'cancelled'
end
if assist[2] ~= 'claimed' or assist[3] ~= ARGV[2] then
    return 'lost'
end
redis.call('HSET', KEYS[1], mine .. 'lease_until', ARGV[3])
return 'renewed'
