-- Keeps what was discovered under a signature: the first result stands.
--
-- KEYS[1] discovery  hash    as in ask.lua
-- KEYS[2] room       string  bytes kept since this key was made; it lives as long as a result
-- ARGV[1] basis
-- ARGV[2] result
-- ARGV[3] tokens, ARGV[4] dollars that it took
-- ARGV[5] TTL, seconds
-- ARGV[6] most bytes of one result
-- ARGV[7] most bytes kept within one TTL; what is beyond is kept for a moment only
-- ARGV[8] that moment, seconds
--
-- Returns 1 if it is kept, 0 if it is too large, came second, or was found out from other versions.

if redis.call('HEXISTS', KEYS[1], 'result') == 1 or redis.call('HGET', KEYS[1], 'basis') ~= ARGV[1] then
    return 0
end
if #ARGV[2] > tonumber(ARGV[6]) then
    redis.call('HSET', KEYS[1], 'apart', 1)
    redis.call('EXPIRE', KEYS[1], ARGV[8])
    return 0
end
redis.call('SET', KEYS[2], 0, 'EX', ARGV[5], 'NX')
local full = redis.call('INCRBY', KEYS[2], #ARGV[2]) > tonumber(ARGV[7])
redis.call('HSET', KEYS[1], 'result', ARGV[2], 'tokens', ARGV[3], 'cost_usd', ARGV[4])
redis.call('HDEL', KEYS[1], 'asker', 'brief', 'attempt', 'ends_at', 'failures')
redis.call('EXPIRE', KEYS[1], full and ARGV[8] or ARGV[5])
return 1
