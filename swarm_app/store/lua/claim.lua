-- Gives a brief to a worker: attempt counted, lease taken, event appended, in one step.
--
-- KEYS[1] brief     hash    brief (JSON), label (JSON), state, attempts, worker, lease_until
-- KEYS[2] progress  hash    the run's; executed, reused, redelivered are counted here
-- KEYS[3] events    stream  the run's events
-- ARGV[1] worker
-- ARGV[2] now, Unix seconds
-- ARGV[3] lease, seconds
-- ARGV[4] TTL, seconds
-- ARGV[5] most events kept
--
-- Returns {"granted", brief JSON, attempts}, or one of {"reported"}, {"held"}, {"unknown"}, {"ended"}.

local brief = redis.call('HMGET', KEYS[1], 'state', 'brief', 'label', 'worker', 'lease_until')
if not brief[1] then
    return {'unknown'}
end
if brief[1] == 'reported' then
    redis.call('HINCRBY', KEYS[2], 'reused', 1)
    return {'reported'}
end
if redis.call('HGET', KEYS[2], 'state') ~= 'running' then
    return {'ended'}
end
if brief[1] == 'claimed' and tonumber(brief[5]) > tonumber(ARGV[2]) then
    return {'held'}
end

local attempts = redis.call('HINCRBY', KEYS[1], 'attempts', 1)
redis.call('HSET', KEYS[1], 'state', 'claimed', 'worker', ARGV[1], 'lease_until', ARGV[2] + ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('HINCRBY', KEYS[2], 'executed', 1)
if attempts > 1 then
    redis.call('HINCRBY', KEYS[2], 'redelivered', 1)
end

local data = cjson.decode(brief[3])
data.worker = ARGV[1]
data.attempts = attempts
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'type', 'brief.claimed', 'at', ARGV[2],
    'data', cjson.encode(data))
return {'granted', brief[2], attempts}
