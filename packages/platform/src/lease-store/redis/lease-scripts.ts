/**
 * What the store does in one step on the server, by the server's clock: a process whose clock jumps gives no lease a
 * wrong end. KEYS: members by their end (sorted set) and their values (hash), in one slot of a cluster.
 */

/** `now` in ms; the last argument moves it, for tests. */
const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[#ARGV])
`
/** At most as many at once as a call may have arguments; the rest goes with the next step. */
const dropEnded = `
local ended = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1000)
if #ended > 0 then
  redis.call('ZREM', KEYS[1], unpack(ended))
  redis.call('HDEL', KEYS[2], unpack(ended))
end
`

const holdMember = `
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
if ARGV[3] == '1' then redis.call('HSET', KEYS[2], ARGV[1], ARGV[4]) else redis.call('HDEL', KEYS[2], ARGV[1]) end
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
local keepMs = math.max(1, math.ceil(last[2] - now) + 1000)
redis.call('PEXPIRE', KEYS[1], keepMs)
redis.call('PEXPIRE', KEYS[2], keepMs)
`

/** ARGV: member, ttl in ms, 1 with a value, the value, offset. Answers 1 when the key was empty. */
export const holdScript = `${now}${dropEnded}
local wasEmpty = redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf') == 0
${holdMember}
return wasEmpty and 1 or 0
`

/** ARGV as `holdScript`. Answers nothing when the key is the member's alone, else who has it, 1 or 0, the value. */
export const claimScript = `${now}${dropEnded}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  if member ~= ARGV[1] then
    local value = redis.call('HGET', KEYS[2], member)
    return { member, value and 1 or 0, value or '' }
  end
end
${holdMember}
return {}
`

/** ARGV: member, offset. Answers 1 when the key has no live member left. */
export const releaseScript = `${now}${dropEnded}
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf') == 0 and 1 or 0
`

/** ARGV: offset. Answers member, 1 or 0, value; and so on. */
export const listScript = `${now}
local members = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
local answer = {}
for _, member in ipairs(members) do
  local value = redis.call('HGET', KEYS[2], member)
  table.insert(answer, member)
  table.insert(answer, value and 1 or 0)
  table.insert(answer, value or '')
end
return answer
`

/** A token bucket. KEYS: the bucket. ARGV: per second, burst, cost, offset. Answers the ms to wait, 0 when taken. */
export const takeScript = `${now}
local perSecond, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = burst
if known[1] then
  tokens = math.min(burst, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) / 1000 * perSecond)
end
if tokens < cost then return math.max(1, math.ceil((cost - tokens) / perSecond * 1000)) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - cost), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens + cost) / perSecond * 1000) + 1000)
return 0
`
