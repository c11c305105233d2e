-- Replaces what shards hold: all of it or, if anybody else changed one of them meanwhile, nothing.
--
-- KEYS[1]     shards   set     shard names
-- KEYS[2]     holders  hash    sha256 -> how many shards hold it
-- KEYS[3]     runs     zset    is there one that may cite what is no longer held?
-- KEYS[4n]    record   string  JSON of the n-th shard
-- KEYS[4n+1]  parts    hash    path -> JSON list of its parts
-- KEYS[4n+2]  version  string  the last version of a shard that was dropped
-- KEYS[4n+3]  words    hash    what its nodes say of its words
-- ARGV[1]     JSON list of the patterns of a document's keys, %s its sha256
-- ARGV[2]     run_ttl, seconds
-- ARGV[n+2]   JSON of the n-th change:
--               name
--               before   the record that it was made from, "" for none
--               record   the new one, "" to drop the shard, null to leave it as it is
--               version  the one before
--               put      path, JSON of its parts, path, …
--               removed  paths
--               gained, lost  sha256s that the shard did not hold before, or does not hold now
--
-- Returns {"stored"}, {"moved"} (a shard is not what it was) or {"lost", sha256, …} (not in the store).

local patterns = cjson.decode(ARGV[1])
local changes = {}
for n = 1, #ARGV - 2 do
    changes[n] = cjson.decode(ARGV[n + 2])
    if (redis.call('GET', KEYS[4 * n]) or '') ~= changes[n].before then
        return {'moved'}
    end
end

local function keys_of(sha256)
    local keys = {}
    for at, pattern in ipairs(patterns) do
        keys[at] = string.format(pattern, sha256)
    end
    return keys
end

local lost = {'lost'}
for _, change in ipairs(changes) do
    for _, sha256 in ipairs(change.gained) do
        if redis.call('EXISTS', unpack(keys_of(sha256))) < #patterns then
            lost[#lost + 1] = sha256
        end
    end
end
if #lost > 1 then
    return lost
end

for n, change in ipairs(changes) do
    local record, parts, version, words = unpack(KEYS, 4 * n, 4 * n + 3)
    if change.record == '' then
        redis.call('SREM', KEYS[1], change.name)
        redis.call('UNLINK', record, parts, words)
        redis.call('SET', version, change.version, 'EX', ARGV[2])
    elseif change.record ~= cjson.null then
        redis.call('SADD', KEYS[1], change.name)
        redis.call('SET', record, change.record)
        redis.call('UNLINK', version)
    end
    for _, path in ipairs(change.removed) do
        redis.call('HDEL', parts, path)
    end
    for at = 1, #change.put, 2 do
        redis.call('HSET', parts, change.put[at], change.put[at + 1])
    end
    for _, sha256 in ipairs(change.gained) do
        redis.call('HINCRBY', KEYS[2], sha256, 1)
        for _, key in ipairs(keys_of(sha256)) do
            redis.call('PERSIST', key)
        end
    end
end

-- Last, since what one shard loses another may have gained.
local cited = redis.call('EXISTS', KEYS[3]) == 1
for _, change in ipairs(changes) do
    for _, sha256 in ipairs(change.lost) do
        if redis.call('HINCRBY', KEYS[2], sha256, -1) < 1 then
            redis.call('HDEL', KEYS[2], sha256)
            for _, key in ipairs(keys_of(sha256)) do
                if cited then
                    redis.call('EXPIRE', key, ARGV[2])
                else
                    redis.call('UNLINK', key)
                end
            end
        end
    end
end
return {'stored'}
