-- Gives leave for a call to a vendor, or says why not: it must be within what the run may spend, in all and on this
-- engine, and within what the vendor's account takes. What it will take is set aside until it has landed.
--
-- KEYS[1] progress  hash  budget_usd, budget_tokens, spent_usd, spent_tokens, budget_spent
-- KEYS[2] reserved  hash  call -> dollars, tokens, until when, and engine, separated by spaces; one that counts as
--                         lost stays ARGV[11] seconds more, since it may land yet
-- KEYS[3] engines   hash  the same fields as progress, each with a space and an engine's name behind it
-- KEYS[4] account   hash  requests and tokens (what is in the buckets), at, paused_until, rate (learnt)
-- KEYS[5] calls     zset  calls in the air, by when they count as lost
-- ARGV[1] call
-- ARGV[2] engine
-- ARGV[3] now, Unix seconds
-- ARGV[4] dollars, ARGV[5] tokens that the call will take
-- ARGV[6] requests a minute, ARGV[7] tokens a minute, ARGV[8] calls at once; 0: no such limit
-- ARGV[9] seconds until the call counts as lost
-- ARGV[10] TTL of the run's keys, ARGV[11] of the account's, seconds
-- ARGV[12] 1: the call may be left out, so that a budget that does not reach for it ends nothing
--
-- Returns {"granted", "0"}; {"wait", seconds} at the account's limit; {"later", "0"} when what others have set aside
-- must be settled first; {"away", "0"} when the engine's budget does not reach for this call; or {"spent", "0"} when
-- the run's does not: it then gives out no more briefs.

local engine, now = ARGV[2], tonumber(ARGV[3])
local wanted = {tonumber(ARGV[4]), tonumber(ARGV[5])}

local function set_aside()
    local run, own = {0, 0}, {0, 0}
    local calls = redis.call('HGETALL', KEYS[2])
    for place = 1, #calls, 2 do
        local usd, tokens, ends, whose = string.match(calls[place + 1], '(%S+) (%S+) (%S+) (.*)')
        if tonumber(ends) + ARGV[11] < now then
            redis.call('HDEL', KEYS[2], calls[place])
        elseif tonumber(ends) >= now then
            run = {run[1] + tonumber(usd), run[2] + tonumber(tokens)}
            own = whose == engine and {own[1] + tonumber(usd), own[2] + tonumber(tokens)} or own
        end
    end
    return run, own
end

-- "spent", "later" or nil, by the budgets of this key whose fields end so; what is spent is noted
local function short(key, suffix, aside)
    local kinds = {'budget_usd', 'budget_tokens', 'spent_usd', 'spent_tokens'}
    for place, kind in ipairs(kinds) do
        kinds[place] = kind .. suffix
    end
    local fields, later = redis.call('HMGET', key, unpack(kinds)), nil
    for place = 1, 2 do
        local budget = tonumber(fields[place] or 0)
        local left = budget - tonumber(fields[place + 2] or 0) - wanted[place]
        if budget > 0 and left < 0 then
            if ARGV[12] == '0' then
                redis.call('HSET', key, 'budget_spent' .. suffix, place == 1 and 'budget_usd' or 'budget_tokens')
            end
            return 'spent'
        end
        later = budget > 0 and left - aside[place] < 0 and 'later' or later
    end
    return later
end

local UNDER = 0.95 -- of a limit: just below it, not at it
local BURST = 6 -- seconds' worth of a bucket

local function bucket(held, perminute, need, since)
    if perminute <= 0 then
        return need, 0 -- without a limit there is no bucket, and nothing to take from it
    end
    local rate = perminute * UNDER / 60
    local size = math.max(1, rate * BURST)
    local level = math.min(size, tonumber(held or size) + since * rate)
    return level, math.max(0, math.min(need, size) - level) / rate
end

local function wait_for_account()
    local account = redis.call('HMGET', KEYS[4], 'requests', 'tokens', 'at', 'paused_until', 'rate')
    local paused = tonumber(account[4] or 0)
    if paused > now then
        return paused - now
    end
    redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now)
    local most = tonumber(ARGV[8])
    if most > 0 and redis.call('ZCARD', KEYS[5]) >= most then
        return 0.2
    end
    local perminute, learnt = tonumber(ARGV[6]), tonumber(account[5] or 0)
    if learnt > 0 and (perminute <= 0 or learnt < perminute) then
        perminute = learnt
    end
    local since = math.max(0, now - tonumber(account[3] or now))
    local requests, requestwait = bucket(account[1], perminute, 1, since)
    local tokens, tokenwait = bucket(account[2], tonumber(ARGV[7]), wanted[2], since)
    local wait = math.max(requestwait, tokenwait)
    if wait < 0.000001 then
        wait, requests, tokens = 0, requests - 1, tokens - wanted[2]
    end
    redis.call('HSET', KEYS[4], 'requests', requests, 'tokens', tokens, 'at', ARGV[3])
    redis.call('EXPIRE', KEYS[4], ARGV[11])
    return wait
end

local aside, own = set_aside()
local run = short(KEYS[1], '', aside)
if run then
    return {run, '0'}
end
local share = short(KEYS[3], ' ' .. engine, own)
if share then
    return {share == 'spent' and 'away' or share, '0'}
end
local wait = wait_for_account()
if wait > 0 then
    return {'wait', tostring(wait)}
end
redis.call('ZADD', KEYS[5], now + ARGV[9], ARGV[1])
redis.call('EXPIRE', KEYS[5], ARGV[11])
redis.call('HSET', KEYS[2], ARGV[1], string.format('%s %s %s %s', ARGV[4], ARGV[5], now + ARGV[9], engine))
redis.call('EXPIRE', KEYS[2], ARGV[10])
return {'granted', '0'}
