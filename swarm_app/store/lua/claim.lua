-- Gives a brief to a worker: attempt counted, lease taken, event appended, in one step.
--
-- KEYS[1] brief     hash    brief, label (JSON), state, attempts, returned, holders, claim, worker, lease_until,
--                            claimed_at, hedge, settled, resuming
-- KEYS[2] progress  hash    state, ends_at, most_briefs, budget_spent; executed, reused, redelivered, hedged and
--                            resumed are counted here
-- KEYS[3] pass      hash    closed_at, withheld, made_up
-- KEYS[4] events    stream  the run's events
-- ARGV[1] worker
-- ARGV[2] now, Unix seconds
-- ARGV[3] lease, seconds
-- ARGV[4] TTL, seconds
-- ARGV[5] most events kept
-- ARGV[6] most attempts
-- ARGV[7] which claim this is: one that comes twice, since its answer was lost, is answered alike
-- ARGV[8] the brief's number in its pass
--
-- Returns {"granted", brief JSON, attempts, settled} (how a blocker of it ended, "" if it had none), or one of
-- {"reported"}, {"held"}, {"blocked"} (others help first), {"unknown"}, {"ended"} (the run is not running),
-- {"closed"} (the pass is), {"spent"} (the run's deadline, cap or budget), or
-- {"exhausted", brief JSON, attempts, settled} when a brief has had all of its attempts.

local now = tonumber(ARGV[2])
local brief = redis.call(
    'HMGET', KEYS[1], 'state', 'brief', 'label', 'lease_until', 'hedge', 'attempts', 'returned', 'claim', 'holders',
    'settled', 'resuming'
)
if not brief[1] then
    return {'unknown'}
end
if brief[1] == 'reported' then
    redis.call('HINCRBY', KEYS[2], 'reused', 1)
    return {'reported'}
end
local attempts, settled = tonumber(brief[6] or 0), brief[10] or ''
if brief[1] == 'claimed' and brief[8] == ARGV[7] then
    return {'granted', brief[2], attempts, settled}
end

local run = redis.call('HMGET', KEYS[2], 'state', 'ends_at', 'most_briefs', 'executed', 'budget_spent')
if run[1] ~= 'running' then
    return {'ended'}
end
local pass = redis.call('HMGET', KEYS[3], 'closed_at', 'withheld', 'made_up')
local number = ',' .. ARGV[8] .. ','
local withheld = string.find(pass[2] or '', number, 1, true)
local made_up = string.find(pass[3] or '', number, 1, true)
if (pass[1] or withheld) and not made_up then
    return {'closed'}
end
if brief[1] == 'blocked' then
    return {'blocked'}
end
local left = tonumber(ARGV[6]) - (attempts - tonumber(brief[7] or 0))
local exhausted = left <= 0
local held = brief[1] == 'claimed' and tonumber(brief[4]) > now
local hedge = held and brief[5] == 'wanted' and left > 1 -- a last attempt is nobody's second
if held and not hedge then
    return {'held'}
end
if brief[1] == 'claimed' and not held and left == 1 then -- taken back first: last attempts are made one at a time
    return {'held'}
end
if run[5] or run[2] and now >= tonumber(run[2]) or run[3] and tonumber(run[4] or 0) >= tonumber(run[3]) then
    return {'spent'}
end
if exhausted then
    return {'exhausted', brief[2], attempts, settled}
end

attempts = redis.call('HINCRBY', KEYS[1], 'attempts', 1)
local holders = (hedge and brief[9] or ',') .. attempts .. ','
redis.call('HSET', KEYS[1], 'state', 'claimed', 'holders', holders, 'claim', ARGV[7], 'worker', ARGV[1])
redis.call('HSET', KEYS[1], 'lease_until', now + ARGV[3], 'claimed_at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('HINCRBY', KEYS[2], 'executed', 1)
if hedge then
    redis.call('HSET', KEYS[1], 'hedge', attempts)
    redis.call('HINCRBY', KEYS[2], 'hedged', 1)
else
    redis.call('HDEL', KEYS[1], 'hedge', 'resuming')
    redis.call('HINCRBY', KEYS[2], brief[11] and 'resumed' or 'redelivered', attempts > 1 and 1 or 0)
end

local data = cjson.decode(brief[3])
data.worker = ARGV[1]
data.attempts = attempts
local name = hedge and 'brief.hedged' or brief[11] and 'brief.resumed' or 'brief.claimed'
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[5], '*', 'type', name, 'at', ARGV[2], 'data', cjson.encode(data))
return {'granted', brief[2], attempts, settled}
