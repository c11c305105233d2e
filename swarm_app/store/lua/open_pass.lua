-- Opens a pass once its briefs are stored.
--
-- KEYS[1] progress  hash    the run's; pass_number becomes this pass
-- KEYS[2] pass      hash    name, workers (given out), reported, failed, withheld (numbers, "," around each), limit,
--                            opened_at
-- KEYS[3] events    stream  the run's events
-- KEYS[4] before    hash    synthesis: the pass before it, if any, which must be concluded
-- ARGV[1] pass number
-- ARGV[2] pass name
-- ARGV[3] workers
-- ARGV[4] now, Unix seconds
-- ARGV[5] TTL, seconds
-- ARGV[6] most events kept
-- ARGV[7] withheld: numbers of briefs that are not given out, "," around each; "" for none
-- ARGV[8] the limit that they are withheld for
--
-- Returns 1 if this call opened it, 0 if it was open already, or the pass before it was opened again.

if KEYS[4] and redis.call('HEXISTS', KEYS[4], 'synthesis') == 0 then
    return 0
end
if redis.call('HSETNX', KEYS[2], 'opened_at', ARGV[4]) == 0 then
    return 0
end
redis.call('HSET', KEYS[2], 'name', ARGV[2], 'workers', ARGV[3], 'reported', 0, 'failed', 0)
if ARGV[7] ~= '' then
    redis.call('HSET', KEYS[2], 'withheld', ARGV[7], 'limit', ARGV[8])
end
redis.call('EXPIRE', KEYS[2], ARGV[5])
redis.call('HSET', KEYS[1], 'pass_number', ARGV[1])
local data = cjson.encode({pass = tonumber(ARGV[1]), name = ARGV[2], workers = tonumber(ARGV[3])})
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[6], '*', 'type', 'pass.opened', 'at', ARGV[4], 'data', data)
redis.call('EXPIRE', KEYS[3], ARGV[5])
return 1
