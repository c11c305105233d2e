-- Gives an assist to a worker: attempt counted, lease taken, event appended, in one step.
--
-- KEYS[1] blocker   hash    state, left:GROUP, N:assist, N:group, N:state, N:attempts, N:returned, N:claim, N:worker,
--                            N:lease_until
-- KEYS[2] brief     hash    state, label
-- KEYS[3] progress  hash    state, ends_at, budget_spent
-- KEYS[4] events    stream  the run's events
-- KEYS[5] pass      hash    closed_at, made_up
-- ARGV[1] number of the assist
-- ARGV[2] worker
-- ARGV[3] now, Unix seconds
-- ARGV[4] lease, seconds
-- ARGV[5] TTL, seconds
-- ARGV[6] most events kept
-- ARGV[7] most attempts
-- ARGV[8] which claim this is: one that comes twice, since its answer was lost, is answered alike
-- ARGV[9] the brief's number in its pass
--
-- Returns {"granted", assist JSON, attempts}, or one of {"settled"} (the blocker is), {"done"} (this assist was
-- solved, or has failed), {"held"}, {"unknown"}, {"ended"} (the run is not running), {"closed"} (the pass is, and the
-- brief is not made up), {"spent"} (the run's deadline or budget), or {"exhausted", assist JSON, attempts}.

local now, mine = tonumber(ARGV[3]), ARGV[1] .. ':'
local fields = {'assist', 'group', 'state', 'attempts', 'returned', 'claim', 'lease_until'}
for place, name in ipairs(fields) do
    fields[place] = mine .. name
end
local assist = redis.call('HMGET', KEYS[1], unpack(fields))
if not assist[1] then
    return {'unknown'}
end
local brief = redis.call('HMGET', KEYS[2], 'state', 'label')
if redis.call('HGET', KEYS[1], 'state') ~= 'open' or brief[1] ~= 'blocked' then
    return {'settled'}
end
local attempts = tonumber(assist[4] or 0)
if assist[3] == 'claimed' and assist[6] == ARGV[8] then
    return {'granted', assist[1], attempts}
end
local run = redis.call('HMGET', KEYS[3], 'state', 'ends_at', 'budget_spent')
if run[1] ~= 'running' then
    return {'ended'}
end
local pass = redis.call('HMGET', KEYS[5], 'closed_at', 'made_up')
if pass[1] and not string.find(pass[2] or '', ',' .. ARGV[9] .. ',', 1, true) then
    return {'closed'}
end
if assist[3] == 'solved' or tonumber(redis.call('HGET', KEYS[1], 'left:' .. assist[2])) < 0 then
    return {'done'}
end
if assist[3] == 'claimed' and tonumber(assist[7]) > now then
    return {'held'}
end
if run[3] or run[2] and now >= tonumber(run[2]) then
    return {'spent'}
end
if attempts - tonumber(assist[5] or 0) >= tonumber(ARGV[7]) then
    return {'exhausted', assist[1], attempts}
end

attempts = redis.call('HINCRBY', KEYS[1], mine .. 'attempts', 1)
redis.call(
    'HSET', KEYS[1], mine .. 'state', 'claimed', mine .. 'claim', ARGV[8], mine .. 'worker', ARGV[2],
    mine .. 'lease_until', now + ARGV[4]
)
local data = cjson.decode(brief[2])
data.assist, data.strategy = tonumber(ARGV[1]), cjson.decode(assist[1]).strategy
data.worker, data.attempts = ARGV[2], attempts
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'type', 'assist.claimed', 'at', ARGV[3], 'data', cjson.encode(data))
redis.call('EXPIRE', KEYS[4], ARGV[5])
return {'granted', assist[1], attempts}
