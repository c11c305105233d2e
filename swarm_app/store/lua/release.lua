-- Gives a claimed brief back: the next worker need not wait for the lease.
--
-- The attempt is not held against the brief: it was not lost.
--
-- KEYS[1] brief  hash  state, attempts, returned, lease_until
-- ARGV[1] the attempt that gives it back
--
-- Returns 1 if it was this attempt's to give, else 0.

local brief = redis.call('HMGET', KEYS[1], 'state', 'attempts')
if brief[1] ~= 'claimed' or brief[2] ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'state', 'waiting', 'lease_until', 0)
redis.call('HINCRBY', KEYS[1], 'returned', 1)
return 1
