-- Extends the lease of a brief that its worker is still at.
--
-- KEYS[1] brief     hash  state, holders, lease_until
-- KEYS[2] progress  hash  the run's state
-- ARGV[1] the attempt that asks
-- ARGV[2] lease until, Unix seconds
--
-- Returns "renewed", or why the worker should stop: "reported" (by another), "lost" (given to another),
-- "cancelled" (the run is) or "unknown".

local brief = redis.call('HMGET', KEYS[1], 'state', 'holders')
if not brief[1] then
    return 'unknown'
end
if brief[1] == 'reported' then
    return 'reported'
end
if redis.call('HGET', KEYS[2], 'state') == 'cancelled' then
    return 'cancelled'
end
if brief[1] ~= 'claimed' or not string.find(brief[2], ',' .. ARGV[1] .. ',', 1, true) then
    return 'lost'
end
redis.call('HSET', KEYS[1], 'lease_until', ARGV[2])
return 'renewed'
