-- Notes how a call to a vendor's account ended, and learns from it how many the vendor takes.
--
-- A refusal stops all workers until the vendor wants to be asked again. At most once in five seconds it also lowers
-- the rate by a fifth, and while most calls are refused, once in a second by half; the first of all begins from what was tried in the
-- last minute. Time raises it by three hundredths in a second, which makes up for a lowering in eight: a vendor with
-- a limit is kept just under it, and one that refuses at random is not given up.
--
-- KEYS[1] account   hash  requests, tokens, paused_until, rate (requests a minute), ceiling, share (of refusals),
--                         refused_at, raised_at
-- KEYS[2] calls     zset  calls in the air
-- KEYS[3] answered  zset  calls answered in the last minute, by when
-- ARGV[1] call
-- ARGV[2] now, Unix seconds
-- ARGV[3] "answered", "refused" or "failed"
-- ARGV[4] seconds that the vendor asks to be left alone
-- ARGV[5] tokens that were taken from the bucket and not used
-- ARGV[6] TTL, seconds

local LEAST = 30 -- requests a minute that are always tried
local PATIENCE = 5 -- seconds between two lowerings: one burst is one refusal
local now = tonumber(ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - 60)
local fields = {'rate', 'ceiling', 'share', 'refused_at', 'raised_at', 'paused_until'}
local account = {}
for place, value in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
    account[fields[place]] = tonumber(value or 0)
end

local function answered()
    redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
    redis.call('EXPIRE', KEYS[3], 120)
    redis.call('HINCRBYFLOAT', KEYS[1], 'tokens', ARGV[5])
    redis.call('HSET', KEYS[1], 'share', 0.8 * account.share)
end

local function raised()
    local raise = 1.03 ^ math.min(PATIENCE, now - account.raised_at)
    local rate = math.min(account.rate * raise, 4 * account.ceiling)
    redis.call('HSET', KEYS[1], 'rate', rate, 'raised_at', ARGV[2])
    return rate
end

local function tried()
    local first = tonumber(redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2] or now)
    local calls = redis.call('ZCARD', KEYS[3]) + redis.call('ZCARD', KEYS[2]) + 1
    return math.max(LEAST, calls * 60 / math.max(1, now - first))
end

local function refused(rate, share)
    redis.call('HSET', KEYS[1], 'share', share, 'requests', 1) -- one goes when the pause is over, no burst
    redis.call('HSET', KEYS[1], 'paused_until', math.max(account.paused_until, now + tonumber(ARGV[4])))
    local most = share > 0.5
    if now - account.refused_at > (most and 1 or PATIENCE) then
        local lowered = math.max(LEAST, rate * (most and 0.5 or 0.8))
        redis.call('HSET', KEYS[1], 'rate', lowered, 'ceiling', rate, 'refused_at', ARGV[2], 'raised_at', ARGV[2])
    end
end

local rate = account.rate > 0 and raised() or tried()
if ARGV[3] == 'answered' then
    answered()
elseif ARGV[3] == 'refused' then
    refused(rate, 0.2 + 0.8 * account.share)
end
redis.call('EXPIRE', KEYS[1], ARGV[6])
return redis.status_reply('OK')
