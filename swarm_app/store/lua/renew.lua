-- Extends the lease of a brief that its worker is still at.
--
-- KEYS[1] brief     hash  state, attempts, hedge, lease_until
-- KEYS[2] progress  hash  the run's state
-- ARGV[1] the attempt that asks
-- ARGV[2] lease until, Unix seconds
--
-- Returns "renewed", or why the worker should stop: "reported" (by another), "lost" (given to another),
-- "cancelled" (the run is) or "unknown".

local brief = redis.call('HMGET', KEYS[1], 'state', 'attempts', 'hedge')
if not brief[1] then
    return 'unknown'
end
if brief[1] == 'reported' then
    return 'reported'
end
if redis.call('HGET', KEYS[2], 'state') == 'cancelled' then
    return 'cancelled'
end
local latest = tonumber(brief[2])
local mine = tonumber(ARGV[1])
local hedged = tonumber(brief[3] or 0) == latest and mine == latest - 1
if brief[1] ~= 'claimed' or mine ~= latest and not hedged then
    return 'lost'
end
redis.call('HSET', KEYS[1], 'lease_until', ARGV[2])
return 'renewed'
