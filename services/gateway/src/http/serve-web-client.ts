import fastifyStatic from '@fastify/static'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'
import { stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'

const yearSeconds = 31_536_000

/**
 * Serves the built web client. Files whose name carries a hash are kept by browsers for ever; the page and the service
 * worker are asked for each time. A path that is no file is a place inside the app: the page itself answers.
 */
export async function serveWebClient(server: HttpServer, staticDir: string): Promise<void> {
  const root = resolve(staticDir)
  await server.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(`${root}${sep}assets${sep}`)
      reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
    },
  })
  server.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const path = request.params['*']
    if (await isFileIn(root, path)) return reply.sendFile(path)
    const takesPage = path === '' ? /text\/html|\*\/\*|^$/ : /text\/html/
    const wantsPage = takesPage.test(request.headers.accept ?? '') && !isApiPath(path)
    if (wantsPage) return reply.sendFile('index.html')
    throw new AppError('not_found')
  })
}

const isApiPath = (path: string): boolean => /^(api|socket\.io|docs)(\/|$)/.test(path)

async function isFileIn(root: string, path: string): Promise<boolean> {
  const file = resolve(root, `./${path}`)
  if (path.includes('\0') || !file.startsWith(root + sep)) return false
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() === true
}
