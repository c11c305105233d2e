-- Sets aside what a call will take of a run's budget, so that all workers together keep within it.
--
-- KEYS[1] progress  hash  budget_usd, budget_tokens, spent_usd, spent_tokens, budget_spent
-- KEYS[2] reserved  hash  call -> dollars, tokens and until when, separated by spaces
-- ARGV[1] call
-- ARGV[2] dollars
-- ARGV[3] tokens
-- ARGV[4] now, Unix seconds
-- ARGV[5] seconds until the call counts as lost
-- ARGV[6] TTL, seconds
--
-- Returns "granted"; "later" when what others have set aside must be settled first; or "spent" when the budget
-- does not reach for this call: the run then gives out no more briefs.

local now = tonumber(ARGV[4])
local run = redis.call('HMGET', KEYS[1], 'budget_usd', 'budget_tokens', 'spent_usd', 'spent_tokens')
local wanted = {tonumber(ARGV[2]), tonumber(ARGV[3])}
local names = {'budget_usd', 'budget_tokens'}

local aside = {0, 0}
local calls = redis.call('HGETALL', KEYS[2])
for place = 1, #calls, 2 do
    local usd, tokens, ends = string.match(calls[place + 1], '(%S+) (%S+) (%S+)')
    if tonumber(ends) < now then
        redis.call('HDEL', KEYS[2], calls[place])
    else
        aside = {aside[1] + tonumber(usd), aside[2] + tonumber(tokens)}
    end
end

local later = false
for place, name in ipairs(names) do
    local budget = tonumber(run[place] or 0)
    local left = budget - tonumber(run[place + 2] or 0) - wanted[place]
    if budget > 0 and left < 0 then
        redis.call('HSET', KEYS[1], 'budget_spent', name)
        return 'spent'
    end
    later = later or budget > 0 and left - aside[place] < 0
end
if later then
    return 'later'
end
redis.call('HSET', KEYS[2], ARGV[1], string.format('%s %s %s', ARGV[2], ARGV[3], now + ARGV[5]))
redis.call('EXPIRE', KEYS[2], ARGV[6])
return 'granted'
