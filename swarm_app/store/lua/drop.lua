-- Leaves to others what is to be discovered under a signature.
--
-- KEYS[1] discovery  hash  as in ask.lua
-- ARGV[1] asker
-- ARGV[2] 1 if it failed, 0 if the asker was told to stop
--
-- Returns 1 if it was the asker's, else 0.

if redis.call('HGET', KEYS[1], 'asker') ~= ARGV[1] then
    return 0
end
redis.call('HDEL', KEYS[1], 'asker')
redis.call('HINCRBY', KEYS[1], 'failures', ARGV[2])
return 1
