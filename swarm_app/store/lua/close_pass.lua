-- Closes a pass: from here on its briefs are not given out, and what is reported is late and for the next pass.
-- Closes the writing about a pass in the same way, with that hash and the run's writings as keys.
--
-- KEYS[1] pass      hash  opened_at, closed_at, known (the findings that the run had then)
-- KEYS[2] findings  list  the run's finding ids
-- ARGV[1] now, Unix seconds
-- ARGV[2] opened_at of the pass that was found to be at its end, if any: one that was opened again since then is not
--
-- Returns how many findings the run had when the pass was closed, by this call or by an earlier one, and when that was;
-- or nil.

if ARGV[2] and tonumber(redis.call('HGET', KEYS[1], 'opened_at') or -1) ~= tonumber(ARGV[2]) then
    return nil
end
if redis.call('HSETNX', KEYS[1], 'closed_at', ARGV[1]) == 1 then
    redis.call('HSET', KEYS[1], 'known', redis.call('LLEN', KEYS[2]))
end
return redis.call('HMGET', KEYS[1], 'known', 'closed_at')
