-- Notes how a call to a vendor's account ended, and learns from it how many the vendor takes.
--
-- A refusal stops all workers until the vendor wants to be asked again, and lowers the rate: to four fifths, or to
-- nine tenths of what was answered in the last minute, whichever is more; the first of all begins from what was
-- tried in that minute. Answers raise it, slowly near the rate at which the last refusal came.
--
-- KEYS[1] account   hash  tokens, paused_until, rate (requests a minute), ceiling, refused_at
-- KEYS[2] calls     zset  calls in the air
-- KEYS[3] answered  zset  calls answered in the last minute, by when
-- ARGV[1] call
-- ARGV[2] now, Unix seconds
-- ARGV[3] "answered", "refused" or "failed"
-- ARGV[4] seconds that the vendor asks to be left alone
-- ARGV[5] tokens that were taken from the bucket and not used
-- ARGV[6] TTL, seconds

local LEAST = 30 -- requests a minute that are always tried
local now = tonumber(ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - 60)
local account = redis.call('HMGET', KEYS[1], 'rate', 'ceiling', 'refused_at', 'paused_until')
local rate, ceiling = tonumber(account[1] or 0), tonumber(account[2] or 0)

if ARGV[3] == 'answered' then
    redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
    redis.call('EXPIRE', KEYS[3], 120)
    redis.call('HINCRBYFLOAT', KEYS[1], 'tokens', ARGV[5])
    if rate > 0 then
        redis.call('HSET', KEYS[1], 'rate', rate * (rate < 0.9 * ceiling and 1.02 or 1.002))
    end
elseif ARGV[3] == 'refused' then
    local first = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2]
    local span = math.max(1, now - tonumber(first or now))
    local answered = redis.call('ZCARD', KEYS[3]) * 60 / span
    if now - tonumber(account[3] or 0) > 2 then -- one burst is one refusal
        local tried = answered + (1 + redis.call('ZCARD', KEYS[2])) * 60 / span
        local before = rate > 0 and rate or math.max(LEAST, tried)
        redis.call('HSET', KEYS[1], 'rate', math.max(LEAST, 0.8 * before, 0.9 * answered), 'ceiling', before)
        redis.call('HSET', KEYS[1], 'refused_at', ARGV[2])
    end
    local paused = math.max(tonumber(account[4] or 0), now + tonumber(ARGV[4]))
    redis.call('HSET', KEYS[1], 'paused_until', paused)
end
redis.call('EXPIRE', KEYS[1], ARGV[6])
return redis.status_reply('OK')
