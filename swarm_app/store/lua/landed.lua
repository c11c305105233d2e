-- Notes how a call to a vendor ended: what it took of the run's budgets, how long the engine took to answer, and
-- what a refusal teaches of how many calls the account takes. One that lands twice, since the answer was lost, is
-- counted once: what leave.lua set aside for it is gone then.
--
-- What a refusal does:
--   1. It stops all workers for as long as the vendor asks, and no longer.
--   2. A second one within a minute also lowers the account's rate, and so does each that follows, unless its call had
--      been let go before the last refusal. The first rate is reckoned from what was answered in the last minute.
--   3. No rate goes below four fifths of one call in the longest time that the vendor asked to wait: by that wait it
--      says that it takes one call in it.
--   4. Where lowering does not help (more than six times in a row, those at the least rate counted twice, with fewer
--      than eight answers after each), there is no limit but bad luck: for a minute the account is asked as fast as it
--      answers.
--
-- An answer raises a rate that was lowered: by a hundredth, threefold while it is well below where the vendor last
-- refused, fivefold while it is well above; one that follows another within a second by that part of it. So a vendor
-- with a limit is kept just under it.
--
-- KEYS[1] account   hash  requests, tokens, at, paused_until, rate (requests a minute), ceiling, refused_at,
--                         raised_at, streak (answers since a refusal), vain (lowerings that did not help),
--                         random_until, longest (seconds that the vendor ever asked to wait)
-- KEYS[2] calls     zset  calls in the air
-- KEYS[3] answered  zset  calls answered in the last minute, by when
-- KEYS[4] seconds   list  how long the engine's latest calls took
-- KEYS[5] progress  hash  spent_usd, spent_tokens
-- KEYS[6] reserved  hash  call -> what was set aside for it
-- KEYS[7] engines   hash  spent_usd and spent_tokens, each with a space and the engine's name behind it
-- ARGV[1] call
-- ARGV[2] engine
-- ARGV[3] now, Unix seconds
-- ARGV[4] "answered", "refused" or "failed"
-- ARGV[5] dollars, ARGV[6] tokens that it took
-- ARGV[7] tokens that were taken from the account's bucket
-- ARGV[8] seconds that it took; 0: they say nothing of the engine
-- ARGV[9] seconds that the vendor asks to be left alone
-- ARGV[10] seconds after which it would have counted as lost
-- ARGV[11] most seconds kept
-- ARGV[12] TTL of the run's keys, ARGV[13] of the account's, seconds

local ENOUGH = 8 -- answers in a row that tell a rate that is nearly right
local MOST_VAIN = 6 -- lowerings in a row, those at the least rate counted twice
local CHANCE = 60 -- seconds for which refusals are taken for chance
local SPAN = 10 -- seconds, the least over which a rate is reckoned: a burst is none
local call, engine, now = ARGV[1], ARGV[2], tonumber(ARGV[3])

if redis.call('HDEL', KEYS[6], call) == 0 then
    return redis.status_reply('OK')
end
redis.call('HINCRBYFLOAT', KEYS[5], 'spent_usd', ARGV[5])
redis.call('HINCRBY', KEYS[5], 'spent_tokens', ARGV[6])
redis.call('HINCRBYFLOAT', KEYS[7], 'spent_usd ' .. engine, ARGV[5])
redis.call('HINCRBY', KEYS[7], 'spent_tokens ' .. engine, ARGV[6])
redis.call('EXPIRE', KEYS[5], ARGV[12])
redis.call('EXPIRE', KEYS[7], ARGV[12])
if tonumber(ARGV[8]) > 0 then
    redis.call('LPUSH', KEYS[4], ARGV[8])
    redis.call('LTRIM', KEYS[4], 0, ARGV[11] - 1)
    redis.call('EXPIRE', KEYS[4], ARGV[13])
end

local let_go = tonumber(redis.call('ZSCORE', KEYS[2], call) or now + ARGV[10]) - ARGV[10]
redis.call('ZREM', KEYS[2], call)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - 60)
local fields = {'rate', 'ceiling', 'refused_at', 'raised_at', 'paused_until', 'streak', 'vain', 'random_until', 'longest'}
local account = {}
for place, value in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
    account[fields[place]] = tonumber(value or 0)
end

local function answered()
    redis.call('ZADD', KEYS[3], ARGV[3], call)
    redis.call('EXPIRE', KEYS[3], 120)
    redis.call('HINCRBYFLOAT', KEYS[1], 'tokens', ARGV[7] - ARGV[6])
    redis.call('HINCRBY', KEYS[1], 'streak', 1)
end

local function raised()
    local near = account.rate / account.ceiling
    local step = near < 0.9 and 1.03 or near < 1.1 and 1.01 or 1.05
    local rate = account.rate * step ^ math.min(1, now - account.raised_at)
    redis.call('HSET', KEYS[1], 'rate', rate, 'raised_at', ARGV[3])
    return rate
end

local function reckoned()
    local first = tonumber(redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')[2] or now)
    return redis.call('ZCARD', KEYS[3]) * 60 / math.max(SPAN, now - first)
end

local function lower(rate, least)
    local factor = account.streak > 1 and 0.8 or 0.5
    local lowered = math.max(least, math.min(rate * factor, reckoned()))
    redis.call('HSET', KEYS[1], 'rate', lowered, 'ceiling', math.max(least, rate), 'raised_at', ARGV[3])
end

local function refused(pause)
    local over = math.max(account.paused_until, now + pause)
    redis.call('HSET', KEYS[1], 'paused_until', over, 'requests', 1, 'at', over) -- one goes then, no burst
    if let_go < account.refused_at or now < account.random_until then
        return
    end
    local longest = math.max(0.01, pause, account.longest)
    local least = 0.8 * 60 / longest
    redis.call('HSET', KEYS[1], 'longest', longest)
    local rate = account.rate > 0 and raised() or reckoned()
    local vain = account.streak < ENOUGH and account.vain + (rate <= least * 1.1 and 2 or 1) or 0
    if vain > MOST_VAIN then
        redis.call('HDEL', KEYS[1], 'rate')
        redis.call('HSET', KEYS[1], 'random_until', now + CHANCE)
        vain = 0
    elseif account.rate > 0 or account.refused_at > now - CHANCE then
        lower(rate, least)
    end
    redis.call('HSET', KEYS[1], 'vain', vain, 'streak', 0, 'refused_at', ARGV[3])
end

if ARGV[4] == 'answered' then
    answered()
    if account.rate > 0 then
        raised()
    end
elseif ARGV[4] == 'refused' then
    refused(tonumber(ARGV[9]))
end
redis.call('EXPIRE', KEYS[1], ARGV[13])
return redis.status_reply('OK')
