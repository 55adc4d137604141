import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'

/** `/livez`: the process answers. `/readyz`: this gateway takes people; it says nothing of the services below. */
export function bindProbes(server: HttpServer, unreadyReason: () => string | undefined): void {
  server.get('/livez', async () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const reason = unreadyReason()
    return reply.status(reason === undefined ? 200 : 503).send({ ok: reason === undefined, reason })
  })
}
