-- Stores an assist's solution. The first that is whole settles the blocker, and its brief waits to be resumed.
--
-- KEYS[1] blocker   hash    state, assists, left:GROUP, N:group, N:state, N:solution, N:unused, winner, settled_at
-- KEYS[2] brief     hash    state, settled, resuming, sends
-- KEYS[3] progress  hash    the run's state; solved is counted here
-- KEYS[4] events    stream  the run's events
-- KEYS[5] unused    hash    what assists took; the winners' are taken out
-- ARGV[1] number of the assist
-- ARGV[2] solution, JSON
-- ARGV[3] event data, JSON
-- ARGV[4] now, Unix seconds
-- ARGV[5] TTL, seconds
-- ARGV[6] most events kept
-- ARGV[7] the field of `unused` that says what this one took
--
-- Returns "won", "part" (others of its group are missing still) or "late" (nothing was stored).

local mine = ARGV[1] .. ':'
local assist = redis.call('HMGET', KEYS[1], 'state', mine .. 'group', mine .. 'state')
if assist[1] ~= 'open' or not assist[2] or assist[3] == 'solved' then
    return 'late'
end
local run = redis.call('HGET', KEYS[3], 'state')
local takes = run == 'running' or run == 'stopped' or run == 'failed'
local left = 'left:' .. assist[2]
if not takes or redis.call('HGET', KEYS[2], 'state') ~= 'blocked' or tonumber(redis.call('HGET', KEYS[1], left)) < 1 then
    return 'late'
end

redis.call('HSET', KEYS[1], mine .. 'state', 'solved', mine .. 'solution', ARGV[2], mine .. 'unused', ARGV[7])
local missing = redis.call('HINCRBY', KEYS[1], left, -1)
if missing == 0 then
    redis.call('HSET', KEYS[1], 'state', 'solved', 'winner', assist[2], 'settled_at', ARGV[4])
    redis.call('HSET', KEYS[2], 'state', 'waiting', 'settled', 'solved', 'resuming', 1, 'sends', 0)
    redis.call('HINCRBY', KEYS[3], 'solved', 1)
    for number = 1, tonumber(redis.call('HGET', KEYS[1], 'assists')) do
        local other = redis.call('HMGET', KEYS[1], number .. ':group', number .. ':unused')
        if other[1] == assist[2] then
            redis.call('HDEL', KEYS[5], other[2])
        end
    end
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
local name = missing == 0 and 'assist.solved' or 'assist.part'
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'type', name, 'at', ARGV[4], 'data', ARGV[3])
redis.call('EXPIRE', KEYS[4], ARGV[5])
return missing == 0 and 'won' or 'part'
