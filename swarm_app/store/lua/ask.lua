-- Finds what was discovered under a signature, or says who is to find it out.
--
-- Whoever is at it counts as lost when its time is over, or, if it works on a brief, when that brief is no more its
-- own: the brief's lease, which its worker keeps by heartbeats, is the discovery's too. Nobody waits for another
-- attempt at the same brief: its worker is lost, or it is too slow. What a model answered belongs to the runs that
-- asked while it was in the air.
--
-- KEYS[1] discovery  hash    basis, asker, brief, attempt, ends_at, runs, failures, apart; result, tokens, cost_usd
-- KEYS[2] counts     hash    SORT_hits, SORT_misses, saved_tokens, saved_usd
-- KEYS[3…] shards    string  JSON of each shard that the result depends on
-- ARGV[1] asker: one that asks twice, since its answer was lost, is answered alike
-- ARGV[2] now, Unix seconds
-- ARGV[3] seconds after which the asker counts as lost
-- ARGV[4] key of the brief that the asker works on, ARGV[5] its attempt at it; empty without one
-- ARGV[6] run that a result is kept for; empty: for all
-- ARGV[7] sort
-- ARGV[8] TTL of the counts, seconds
-- ARGV[9] failures after which everybody is on their own
--
-- Returns {"found", result, tokens, cost}, {"yours", basis}, {"theirs"} or {"apart"}.

local now = tonumber(ARGV[2])
local versions = {}
for place = 3, #KEYS do
    versions[#versions + 1] = string.match(redis.call('GET', KEYS[place]) or '', '"version":(%d+)') or '0'
end
local basis = table.concat(versions, ',')

local fields = {'basis', 'asker', 'brief', 'attempt', 'ends_at', 'runs', 'failures', 'apart', 'result', 'tokens', 'cost_usd'}
local known = {}
for place, value in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
    known[fields[place]] = value
end
if known.basis and known.basis ~= basis then
    redis.call('DEL', KEYS[1])
    known = {}
end
local runs = known.runs or ','
local member = string.find(runs, ',' .. ARGV[6] .. ',', 1, true) ~= nil or ARGV[6] == ''

local function count(name)
    redis.call('HINCRBY', KEYS[2], ARGV[7] .. '_' .. name, 1)
    redis.call('EXPIRE', KEYS[2], ARGV[8])
end

local function at_work()
    if not known.asker or now >= tonumber(known.ends_at) then
        return false
    end
    if known.brief == '' then
        return true
    end
    if known.brief == ARGV[4] and known.attempt ~= ARGV[5] then
        return false
    end
    local brief = redis.call('HMGET', known.brief, 'state', 'lease_until', 'holders')
    local holds = string.find(brief[3] or '', ',' .. known.attempt .. ',', 1, true)
    return brief[1] == 'claimed' and tonumber(brief[2]) > now and holds ~= nil
end

if known.result and member then
    count('hits')
    redis.call('HINCRBY', KEYS[2], 'saved_tokens', known.tokens)
    redis.call('HINCRBYFLOAT', KEYS[2], 'saved_usd', known.cost_usd)
    return {'found', known.result, known.tokens, known.cost_usd}
end
if known.apart or tonumber(known.failures or 0) >= tonumber(ARGV[9]) then
    count('misses')
    return {'apart'}
end
if not known.result and known.asker ~= ARGV[1] and at_work() then
    if not member then
        redis.call('HSET', KEYS[1], 'runs', runs .. ARGV[6] .. ',')
    end
    return {'theirs'}
end
if known.result then
    runs = ','
    redis.call('HDEL', KEYS[1], 'result')
end
if known.asker ~= ARGV[1] then
    count('misses')
end
redis.call('HSET', KEYS[1], 'basis', basis, 'asker', ARGV[1], 'brief', ARGV[4], 'attempt', ARGV[5])
redis.call('HSET', KEYS[1], 'ends_at', now + ARGV[3], 'runs', runs .. ARGV[6] .. ',')
redis.call('EXPIRE', KEYS[1], math.ceil(ARGV[3]) + 60)
return {'yours', basis}
