/**
 * Where the workers of calls listen and what they tell browsers to send to, when people on other machines use the product:
 * the host of the address that those people open. Settings of the environment go before these.
 *
 * @param publicUrl  Absent, or on this machine alone: media stays on this machine too.
 */
export function mediaAddressOf(publicUrl: string | undefined): Record<string, string> {
  if (publicUrl === undefined) return {}
  const host = new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return {}
  return {
    MEDIA_LISTEN_ADDRESS: host.includes(':') ? '::' : '0.0.0.0',
    MEDIA_ANNOUNCED_ADDRESS: host,
  }
}
