-- Takes a brief from a worker that cannot go on: the blocker is stored, and others may help.
--
-- The attempt is not held against the brief: it was not lost. A straggler that two workers are at stays with
-- the other one. A brief is blocked once: whoever resumes it reports.
--
-- KEYS[1] brief     hash    state, holders, returned, lease_until, settled, hedge
-- KEYS[2] blocker   hash    blockage, place, attempt, state, settled_at
-- KEYS[3] progress  hash    state; blocked and escalated are counted here
-- KEYS[4] pass      hash    closed_at, made_up
-- KEYS[5] events    stream  the run's events
-- ARGV[1] the attempt that is blocked
-- ARGV[2] blockage, JSON
-- ARGV[3] its message's place in its chord, JSON
-- ARGV[4] event data, JSON
-- ARGV[5] now, Unix seconds
-- ARGV[6] TTL, seconds
-- ARGV[7] most events kept
-- ARGV[8] the brief's number in its pass
--
-- Returns "blocked" (also when asked twice), "shared" (another worker is at it still), "settled" (it was blocked
-- before) or "closed" (its pass is, and it is not made up): what there is must be reported now, and is stored for who
-- does the brief again, should this worker die before; or "lost" (not this attempt's any more), "ended" (the run takes
-- no reports) or "unknown".

local brief = redis.call('HMGET', KEYS[1], 'state', 'holders', 'settled')
if not brief[1] then
    return 'unknown'
end
if brief[1] == 'blocked' and redis.call('HGET', KEYS[2], 'attempt') == ARGV[1] then
    return 'blocked'
end
local mine = ',' .. ARGV[1] .. ','
if brief[1] ~= 'claimed' or not string.find(brief[2], mine, 1, true) then
    return 'lost'
end
local run = redis.call('HGET', KEYS[3], 'state')
if run ~= 'running' and run ~= 'stopped' and run ~= 'failed' then
    return 'ended'
end
local others = string.gsub(brief[2], mine, ',')
if others ~= ',' then
    redis.call('HSET', KEYS[1], 'holders', others)
    redis.call('HINCRBY', KEYS[1], 'returned', 1)
    return 'shared'
end
if brief[3] then
    return 'settled'
end
redis.call('HINCRBY', KEYS[3], 'blocked', 1)
redis.call('HSET', KEYS[2], 'blockage', ARGV[2], 'place', ARGV[3], 'attempt', ARGV[1], 'state', 'open')
redis.call('EXPIRE', KEYS[2], ARGV[6])
local pass = redis.call('HMGET', KEYS[4], 'closed_at', 'made_up')
if pass[1] and not string.find(pass[2] or '', ',' .. ARGV[8] .. ',', 1, true) then
    redis.call('HINCRBY', KEYS[3], 'escalated', 1)
    redis.call('HSET', KEYS[2], 'state', 'escalated', 'settled_at', ARGV[5])
    redis.call('HSET', KEYS[1], 'settled', 'escalated')
    return 'closed'
end

redis.call('HSET', KEYS[1], 'state', 'blocked', 'holders', ',', 'lease_until', 0)
redis.call('HDEL', KEYS[1], 'hedge')
redis.call('HINCRBY', KEYS[1], 'returned', 1)
redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[7], '*', 'type', 'brief.blocked', 'at', ARGV[5], 'data', ARGV[4])
redis.call('EXPIRE', KEYS[5], ARGV[6])
return 'blocked'
