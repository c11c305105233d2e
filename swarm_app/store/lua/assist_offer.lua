-- Offers the assists of a blocked brief, once.
--
-- KEYS[1] blocker  hash    state, assists, alive, left:GROUP, N:assist, N:group, N:state
-- KEYS[2] events   stream  the run's events
-- ARGV[1] now, Unix seconds
-- ARGV[2] TTL, seconds
-- ARGV[3] most events kept
-- ARGV[4] event data, JSON
-- ARGV[5], ARGV[6], … the group and the JSON of each assist
--
-- Returns 1 if this call offered them, else 0.

if redis.call('HGET', KEYS[1], 'state') ~= 'open' or redis.call('HEXISTS', KEYS[1], 'assists') == 1 then
    return 0
end
local number, alive = 0, 0
for place = 5, #ARGV, 2 do
    number = number + 1
    local mine = number .. ':'
    redis.call('HSET', KEYS[1], mine .. 'assist', ARGV[place + 1], mine .. 'group', ARGV[place], mine .. 'state', 'waiting')
    alive = alive + (redis.call('HINCRBY', KEYS[1], 'left:' .. ARGV[place], 1) == 1 and 1 or 0)
end
redis.call('HSET', KEYS[1], 'assists', number, 'alive', alive)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', 'type', 'assist.offered', 'at', ARGV[1], 'data', ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
