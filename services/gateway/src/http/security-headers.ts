import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'

/**
 * Headers of every answer (SECURITY 7). `connect-src` names the websocket besides 'self', since not every browser
 * counts it in.
 *
 * @param publicOrigin  Where people open the product, if it is known.
 */
export function addSecurityHeaders(server: HttpServer, publicOrigin: string | undefined): void {
  const websocket = publicOrigin === undefined ? '' : ` ${publicOrigin.replace(/^http/, 'ws')}`
  const headers: Readonly<Record<string, string>> = {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "img-src 'self' blob:",
      "media-src 'self' blob:",
      `connect-src 'self'${websocket}`,
      "worker-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types on-app',
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
  }
  server.addHook('onSend', async (_request, reply) => {
    void reply.headers(headers)
  })
}
