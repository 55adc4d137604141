/**
 * A fetch that keeps cookies, for clients outside of a browser (tests, bots, the load harness). One jar per client and
 * one origin only: name and value are all that is remembered.
 */
export function createCookieFetch(origin?: string): typeof fetch {
  const jar = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    if (origin !== undefined) headers.set('origin', origin)
    const response = await fetch(input, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';')
      const split = pair.indexOf('=')
      const name = pair.slice(0, split).trim()
      const isGone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute))
      if (isGone || pair.length === split + 1) jar.delete(name)
      else jar.set(name, pair.slice(split + 1))
    }
    return response
  }
}
