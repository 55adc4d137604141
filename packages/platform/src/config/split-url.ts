/**
 * Takes a setting like `sqlite:/data/chat.db` or `kafka://k1:9092,k2:9092` apart. `new URL` refuses lists of hosts.
 *
 * @returns `scheme` in lower case; `rest` without the `//` before hosts
 */
export function splitUrl(url: string): { scheme: string; rest: string } {
  const colon = url.indexOf(':')
  if (colon < 1) return { scheme: '', rest: url }
  return { scheme: url.slice(0, colon).toLowerCase(), rest: url.slice(colon + 1).replace(/^\/\/(?!\/)/, '') }
}
