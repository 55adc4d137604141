import fastifyStatic from '@fastify/static'
import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'
import { resolve } from 'node:path'

/** The generated protocol documents at /docs/. */
export async function serveDocs(server: HttpServer, docsDir: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: resolve(docsDir),
    prefix: '/docs/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('cache-control', 'no-cache')
    },
  })
  server.get('/docs', async (_request, reply) => reply.redirect('/docs/'))
}
