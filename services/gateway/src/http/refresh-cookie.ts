import type { FastifyReply, FastifyRequest } from 'fastify'

/** The refresh token's cookie. Pages cannot read it; only routes with `auth: 'cookie'` look at it. */
export interface RefreshCookie {
  find(request: FastifyRequest): string | undefined
  set(reply: FastifyReply, token: string, expiresAtMs: number): void
  clear(reply: FastifyReply): void
}

/** @param isHttps  Whether people reach us over HTTPS; without it a browser would keep no Secure cookie. */
export function createRefreshCookie(isHttps: boolean): RefreshCookie {
  const name = isHttps ? '__Host-on_refresh' : 'on_refresh'
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps } as const
  return {
    find: (request) => request.cookies[name],
    set: (reply, token, expiresAtMs) => {
      void reply.setCookie(name, token, { ...options, expires: new Date(expiresAtMs) })
    },
    clear: (reply) => {
      void reply.clearCookie(name, options)
    },
  }
}
