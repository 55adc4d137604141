import type { IncomingMessage } from 'node:http'

/**
 * The address to throttle by. Behind a trusted proxy the last entry of X-Forwarded-For, the one that the proxy itself
 * wrote; what stands before it may be anything. IPv6 counts by its /64, which one customer has for himself.
 */
export function clientAddress(request: IncomingMessage, { trustProxy }: { trustProxy: boolean }): string {
  const direct = request.socket.remoteAddress ?? ''
  if (!trustProxy) return toThrottled(direct)
  const header = request.headers['x-forwarded-for']
  const told = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim()
  return toThrottled(told === undefined || told === '' ? direct : told)
}

function toThrottled(address: string): string {
  const plain = address
    .slice(0, 64)
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  return `${[...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':')}::/64`
}
