-- Stores a finding, closes its brief and offers it to peers: the first report of a brief wins, all others change
-- nothing.
--
-- KEYS[1] brief     hash    state, finding, reported_at, failed (1 if the finding is)
-- KEYS[2] finding   string  JSON of the finding
-- KEYS[3] findings  list    the run's finding ids
-- KEYS[4] pass      hash    workers, reported, failed, closed_at
-- KEYS[5] progress  hash    state; late and discarded are counted here
-- KEYS[6] events    stream  the run's events
-- KEYS[7…] topics   zset    finding ids by when they were reported: where the finding is an insight, if anywhere
-- ARGV[1] finding id
-- ARGV[2] finding, JSON
-- ARGV[3] "reported" or "failed": how the pass counts it
-- ARGV[4] event data, JSON
-- ARGV[5] now, Unix seconds
-- ARGV[6] TTL, seconds
-- ARGV[7] most events kept
-- ARGV[8] data of the insight's event, JSON
-- ARGV[9] most insights kept of a topic
-- ARGV[10] TTL of a topic, seconds
--
-- Returns {"stored", how many briefs of the pass are still to be reported}, or one of {"duplicate"},
-- {"unknown"}, {"ended"} (the run is done or cancelled).

local state = redis.call('HGET', KEYS[1], 'state')
if not state then
    return {'unknown'}
end
if state == 'reported' then
    redis.call('HINCRBY', KEYS[5], 'discarded', 1)
    return {'duplicate'}
end
local run = redis.call('HGET', KEYS[5], 'state')
if run ~= 'running' and run ~= 'stopped' and run ~= 'failed' then
    return {'ended'}
end

redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[6])
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[6])
redis.call('HSET', KEYS[1], 'state', 'reported', 'finding', ARGV[1], 'reported_at', ARGV[5])
redis.call('HSET', KEYS[1], 'failed', ARGV[3] == 'failed' and 1 or 0)
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
redis.call('EXPIRE', KEYS[4], ARGV[6]) -- of a brief outside of passes, nothing else has set it

local name = 'brief.' .. ARGV[3]
if redis.call('HEXISTS', KEYS[4], 'closed_at') == 1 then
    redis.call('HINCRBY', KEYS[5], 'late', 1)
    name = 'brief.late'
end
redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', 'type', name, 'at', ARGV[5], 'data', ARGV[4])
for place = 7, #KEYS do
    redis.call('ZADD', KEYS[place], ARGV[5], ARGV[1])
    redis.call('ZREMRANGEBYSCORE', KEYS[place], '-inf', ARGV[5] - ARGV[10])
    redis.call('ZREMRANGEBYRANK', KEYS[place], 0, -1 - ARGV[9])
    redis.call('EXPIRE', KEYS[place], ARGV[10])
end
if #KEYS > 6 then
    local data = ARGV[8]
    redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', 'type', 'insight.published', 'at', ARGV[5], 'data', data)
end
redis.call('EXPIRE', KEYS[6], ARGV[6])

local pass = redis.call('HMGET', KEYS[4], 'workers', 'reported', 'failed')
return {'stored', tonumber(pass[1] or 0) - tonumber(pass[2] or 0) - tonumber(pass[3] or 0)}
