-- Lets a call to a vendor's account go, or says how long to wait: one bucket of requests and one of tokens for all
-- workers, refilled continuously, and a bound on calls in the air.
--
-- KEYS[1] account  hash  requests and tokens (what is in the buckets), at, paused_until, rate (learnt), ceiling
-- KEYS[2] calls    zset  calls in the air, by when they count as lost
-- ARGV[1] call
-- ARGV[2] now, Unix seconds
-- ARGV[3] tokens that the call will take
-- ARGV[4] requests a minute, ARGV[5] tokens a minute, ARGV[6] calls at once; 0: no such limit
-- ARGV[7] seconds until the call counts as lost
-- ARGV[8] TTL, seconds
--
-- Returns the seconds to wait, as text; "0" when the call may go, and is counted.

local now, wanted = tonumber(ARGV[2]), tonumber(ARGV[3])
local account = redis.call('HMGET', KEYS[1], 'requests', 'tokens', 'at', 'paused_until', 'rate')
local paused = tonumber(account[4] or 0)
if paused > now then
    return tostring(paused - now)
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local most = tonumber(ARGV[6])
if most > 0 and redis.call('ZCARD', KEYS[2]) >= most then
    return '0.2'
end

local UNDER = 0.95 -- of a limit: just below it, not at it
local BURST = 6 -- seconds' worth of a bucket
local since = math.max(0, now - tonumber(account[3] or now))

local function bucket(held, perminute, need)
    if perminute <= 0 then
        return need, 0 -- without a limit there is no bucket, and nothing to take from it
    end
    local rate = perminute * UNDER / 60
    local size = math.max(1, rate * BURST)
    local level = math.min(size, tonumber(held or size) + since * rate)
    return level, math.max(0, math.min(need, size) - level) / rate
end

local perminute, learnt = tonumber(ARGV[4]), tonumber(account[5] or 0)
if learnt > 0 and (perminute <= 0 or learnt < perminute) then
    perminute = learnt
end
local requests, requestwait = bucket(account[1], perminute, 1)
local tokens, tokenwait = bucket(account[2], tonumber(ARGV[5]), wanted)
local wait = math.max(requestwait, tokenwait)
local granted = wait < 0.000001
if granted then
    requests, tokens = requests - 1, tokens - wanted
    redis.call('ZADD', KEYS[2], now + ARGV[7], ARGV[1])
    redis.call('EXPIRE', KEYS[2], ARGV[8])
end
redis.call('HSET', KEYS[1], 'requests', requests, 'tokens', tokens, 'at', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[8])
return granted and '0' or tostring(wait)
