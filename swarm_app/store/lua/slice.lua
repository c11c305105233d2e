-- Lines of a document as one text: one reply of three values is read several times faster than a reply
-- of many lines, and needs one round trip.
--
-- KEYS[1] list    lines of the document
-- KEYS[2] string  offsets of its lines, eight hexadecimal digits each
-- ARGV[1] first line, from 1
-- ARGV[2] last line
--
-- Returns the text, how many lines it has (0: the document has none of them), and the first one's offset.

local digits = 8
local first = tonumber(ARGV[1])
local lines = redis.call('LRANGE', KEYS[1], first - 1, tonumber(ARGV[2]) - 1)
local offset = redis.call('GETRANGE', KEYS[2], (first - 1) * digits, first * digits - 1)
if #offset == 0 then
  return {'', 0, ''}
end
return {table.concat(lines), #lines, offset}
