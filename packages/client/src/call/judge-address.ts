/** `loopback`, `private`: announced is an address that whoever opened this page cannot reach. */
export type AddressJudgement = 'good' | 'loopback' | 'private' | 'none'

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host.startsWith('127.') ||
  host === '::1' ||
  host === '[::1]'

/** RFC 1918, carrier NAT (RFC 6598), link-local, IPv6 unique local and link-local. */
function isPrivate(host: string): boolean {
  const [first = 0, second = 0] = host.split('.').map(Number)
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return (
      first === 10 ||
      (first === 172 && second >= 16 && second <= 31) ||
      (first === 192 && second === 168) ||
      (first === 169 && second === 254) ||
      (first === 100 && second >= 64 && second <= 127)
    )
  return /^\[?f([cd]|e[89ab])/i.test(host) && host.includes(':')
}

/** Whether one who reached the page under `pageHost` can reach the media server where it says it is. */
export function judgeAddress(pageHost: string, addresses: readonly string[]): AddressJudgement {
  if (addresses.length === 0) return 'none'
  if (isLoopback(pageHost)) return 'good'
  const far = addresses.filter((address) => !isLoopback(address))
  if (far.length === 0) return 'loopback'
  // A private name may stand for anything; a public number cannot stand for a private one.
  const isPublicNumber = /^\d+\.\d+\.\d+\.\d+$/.test(pageHost) && !isPrivate(pageHost)
  return isPublicNumber && far.every(isPrivate) ? 'private' : 'good'
}
