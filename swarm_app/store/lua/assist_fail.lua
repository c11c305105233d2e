-- Notes that an assist has failed. Without one that could still help, the brief escalates: it is to be resumed
-- with what there is.
--
-- KEYS[1] blocker   hash    state, blockage, alive, left:GROUP, N:group, N:state, N:attempts, N:reason, settled_at
-- KEYS[2] brief     hash    state, label, settled, resuming, sends
-- KEYS[3] progress  hash    escalated is counted here
-- KEYS[4] events    stream  the run's events
-- ARGV[1] number of the assist; 0: all of them are given up
-- ARGV[2] the attempt that failed
-- ARGV[3] reason
-- ARGV[4] now, Unix seconds
-- ARGV[5] TTL, seconds
-- ARGV[6] most events kept
--
-- Returns "failed", "escalated" or "late" (nothing was changed).

local mine = ARGV[1] .. ':'
local blocker = redis.call(
    'HMGET', KEYS[1], 'state', 'blockage', mine .. 'group', mine .. 'state', mine .. 'attempts'
)
local brief = redis.call('HMGET', KEYS[2], 'state', 'label')
if blocker[1] ~= 'open' or brief[1] ~= 'blocked' then
    return 'late'
end

local function tell(name, data)
    redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[6], '*', 'type', name, 'at', ARGV[4], 'data', cjson.encode(data))
    redis.call('EXPIRE', KEYS[4], ARGV[5])
end

local data = cjson.decode(brief[2])
data.reason = ARGV[3]
if ARGV[1] ~= '0' then
    if not blocker[3] or blocker[4] == 'solved' or blocker[4] == 'failed' or blocker[5] ~= ARGV[2] then
        return 'late'
    end
    redis.call('HSET', KEYS[1], mine .. 'state', 'failed', mine .. 'reason', ARGV[3])
    data.assist = tonumber(ARGV[1])
    tell('assist.failed', data)
    local left = 'left:' .. blocker[3]
    if tonumber(redis.call('HGET', KEYS[1], left)) < 0 then
        return 'failed'
    end
    redis.call('HSET', KEYS[1], left, -1)
    if redis.call('HINCRBY', KEYS[1], 'alive', -1) > 0 then
        return 'failed'
    end
    data.assist = nil
end

redis.call('HSET', KEYS[1], 'state', 'escalated', 'settled_at', ARGV[4])
redis.call('HSET', KEYS[2], 'state', 'waiting', 'settled', 'escalated', 'resuming', 1, 'sends', 0)
redis.call('HINCRBY', KEYS[3], 'escalated', 1)
local blockage = cjson.decode(blocker[2])
data.obstacle, data.details = blockage.obstacle, blockage.details
tell('brief.escalated', data)
return 'escalated'
