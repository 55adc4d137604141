import { fastify, LogController, type FastifyInstance } from 'fastify'
import {
  createServer as createHttpServerOfNode,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServerOfNode } from 'node:https'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '../config/config-error.ts'
import { AppError } from '../errors/app-error.ts'
import type { Logger } from '../logging/logger.ts'
import { sendProblem, toProblemError } from './problem.ts'

export type HttpServer = FastifyInstance<Server, IncomingMessage, ServerResponse, Logger>

export interface HttpServerOptions {
  readonly log: Logger
  /** Largest body in bytes; 64 KiB. */
  readonly bodyLimitBytes?: number
  /** Believe X-Forwarded-For of the proxy in front. */
  readonly trustProxy?: boolean
  /** PEM texts; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

const defaultBodyLimitBytes = 64 * 1024
const headersTimeoutMs = 10_000
const requestTimeoutMs = 30_000
const maxHeadersCount = 100

/**
 * A Fastify server with our ways: JSON bodies only and nothing coerced, every failure as problem+json with a stable
 * code, bounded headers, bodies and times. Whoever listens closes it.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const server: HttpServer = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes ?? defaultBodyLimitBytes,
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 128 },
    // What the router refuses never reaches the error handler.
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, toProblemError(error, options.log))
    },
    serverFactory: (handler) => {
      const limits = {
        maxHeaderSize: 16_384,
        headersTimeout: headersTimeoutMs,
        requestTimeout: requestTimeoutMs,
      }
      const made: Server =
        options.tls === undefined
          ? createHttpServerOfNode(limits, handler)
          : createHttpsServerOfNode({ ...limits, ...options.tls, minVersion: 'TLSv1.2' }, handler)
      made.maxHeadersCount = maxHeadersCount
      return made
    },
  })
  takeJsonOnly(server)
  server.setErrorHandler(async (error, _request, reply) =>
    sendProblem(reply, toProblemError(error, options.log)),
  )
  server.setNotFoundHandler(async (_request, reply) => sendProblem(reply, new AppError('not_found')))
  return server
}

/** `application/json` and nothing else: validation must not depend on what a client calls its body. */
function takeJsonOnly(server: HttpServer): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(body.toString()))
    } catch {
      done(new AppError('invalid_request', 'The body is not valid JSON.'))
    }
  })
}

/**
 * Listens and gives the URL, without a slash at the end.
 *
 * @throws {ConfigError} with one sentence when the port or the address cannot be had
 */
export async function listen(
  server: HttpServer,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw new ConfigError(
      listenProblem(error instanceof Error ? String(Reflect.get(error, 'code') ?? '') : '', host, port),
    )
  }
  /** True because a server that listens on a host has an address of this form. */
  const address = server.server.address() as AddressInfo
  const scheme = 'setSecureContext' in server.server ? 'https' : 'http'
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `${scheme}://${name}:${address.port}`
}

function listenProblem(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop what uses it, or choose another one with --port.`
  if (code === 'EACCES')
    return `Port ${port} may not be used without more rights: choose one above 1023 with --port.`
  if (code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine.`
  return `Port ${port} on ${host} cannot be opened (${code}).`
}
