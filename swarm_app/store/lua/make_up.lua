-- Gives out briefs that were withheld when their pass was opened, whether it is concluded or not.
--
-- KEYS[1] pass  hash  withheld and made_up (numbers of briefs, "," around each), workers
-- KEYS[2] pass  hash  opened_at of the pass that comes next: once that is open, nothing more is made up for before it
-- ARGV    numbers of the briefs
--
-- Returns how many of them were withheld until now.

if redis.call('HEXISTS', KEYS[2], 'opened_at') == 1 then
    return 0
end
local pass = redis.call('HMGET', KEYS[1], 'withheld', 'made_up')
local withheld, made_up, count = pass[1] or ',', pass[2] or ',', 0
for _, number in ipairs(ARGV) do
    local start, stop = string.find(withheld, ',' .. number .. ',', 1, true)
    if start then
        withheld = string.sub(withheld, 1, start) .. string.sub(withheld, stop + 1)
        made_up = made_up .. number .. ','
        count = count + 1
    end
end
if count > 0 then
    redis.call('HSET', KEYS[1], 'withheld', withheld, 'made_up', made_up)
    redis.call('HINCRBY', KEYS[1], 'workers', count)
end
return count
