import type { Reply } from '@our-now/contracts/errors.ts'
import type { CallContext, ServiceContract } from '@our-now/contracts/service-contract.ts'
import { timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Type } from 'typebox'
import type { Secret } from '../config/secret.ts'
import { AppError, toFailure } from '../errors/app-error.ts'
import { createHttpServer, listen, type HttpServer } from '../http/create-http-server.ts'
import { checkValue } from '../validation/check-value.ts'
import { guardApi, type GuardDeps } from './guard-api.ts'

export interface ServedService {
  readonly name: string
  readonly contract: ServiceContract
  /** The service's raw api; it is guarded here. */
  readonly api: unknown
  unreadyReason(): string | undefined
}

export interface ServeOverHttpOptions extends GuardDeps {
  readonly services: readonly ServedService[]
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly serviceToken: Secret
  /** Prometheus text for /metrics. */
  readonly metrics?: () => Promise<string>
}

export interface ServiceDoor {
  readonly url: string
  /** Finishes the calls at hand, then closes the port. */
  close(): Promise<void>
}

/** Replies of history pages are larger than what comes in from outside, and both ends are ours. */
const bodyLimitBytes = 4 * 1024 * 1024

/** How soon a connection that has become idle is closed when stopping, in ms. */
const sweepMs = 50

const Envelope = Type.Object(
  {
    context: Type.Object(
      {
        traceId: Type.String({ maxLength: 128 }),
        userId: Type.Optional(Type.String({ maxLength: 36 })),
        sessionId: Type.Optional(Type.String({ maxLength: 36 })),
        isOperator: Type.Optional(Type.Boolean()),
        address: Type.Optional(Type.String({ maxLength: 64 })),
        deadlineAtMs: Type.Optional(Type.Number()),
      },
      { additionalProperties: false },
    ),
    request: Type.Unknown(),
  },
  { additionalProperties: false },
)

const Batch = Type.Object(
  {
    calls: Type.Array(
      Type.Object(
        { operation: Type.String({ maxLength: 64 }), context: Type.Unknown(), request: Type.Unknown() },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 256 },
    ),
  },
  { additionalProperties: false },
)

/**
 * Opens the internal port of a service: `POST /calls/<service>/<operation>` with `{context, request}` answers a
 * `Reply`; `POST /batches/<service>` with many of them a line for each as it is done. Whoever has the service token is believed in what the context says; the public door never routes here.
 */
export async function serveOverHttp(options: ServeOverHttpOptions): Promise<ServiceDoor> {
  const server = createHttpServer({ log: options.log, bodyLimitBytes })
  for (const service of options.services) serve(server, service, options)
  server.get('/livez', async () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const reasons = options.services.flatMap((service) => service.unreadyReason() ?? [])
    return reply.status(reasons.length === 0 ? 200 : 503).send({ ok: reasons.length === 0, reasons })
  })
  const { metrics } = options
  if (metrics !== undefined)
    server.get('/metrics', async (_request, reply) => reply.type('text/plain').send(await metrics()))
  const url = await listen(server, { host: options.host, port: options.port })
  return {
    url,
    close: async () => {
      // What was busy when closing began is kept open after its reply, for seconds.
      const sweep = setInterval(() => server.server.closeIdleConnections(), sweepMs)
      await server.close()
      clearInterval(sweep)
    },
  }
}

type Operation = (context: CallContext, request: unknown) => Promise<unknown>

function serve(server: HttpServer, service: ServedService, options: ServeOverHttpOptions): void {
  /** True because the factory of a service gives the api of the contract it is registered with. */
  const api = guardApi(service.contract, service.api as never, options) as unknown as Readonly<
    Record<string, Operation>
  >
  const run = async (name: string, given: unknown): Promise<Reply<unknown>> => {
    try {
      const { context, request } = checkValue(Envelope, given)
      const operation = Object.hasOwn(api, name) ? api[name] : undefined
      if (operation === undefined) throw new AppError('not_found')
      return { ok: true, value: await operation(context, request) }
    } catch (error) {
      return { ok: false, failure: toFailure(error, options.log) }
    }
  }
  for (const name of Object.keys(service.contract))
    server.post(`/calls/${service.name}/${name}`, async (request): Promise<Reply<unknown>> => {
      try {
        requireToken(request.headers['x-service-token'], options.serviceToken)
      } catch (error) {
        return { ok: false, failure: toFailure(error, options.log) }
      }
      return run(name, request.body)
    })
  server.post(`/batches/${service.name}`, async (request, reply) => {
    requireToken(request.headers['x-service-token'], options.serviceToken)
    const { calls } = checkValue(Batch, request.body)
    reply.hijack()
    const lines = openLines(reply.raw)
    await Promise.all(
      calls.map(async ({ operation, ...given }, at) =>
        lines.write({ at, reply: await run(operation, given) }),
      ),
    )
    lines.end()
  })
}

/** JSON values, a line each; those of one tick leave together. */
function openLines(raw: ServerResponse): { write(value: unknown): void; end(): void } {
  let waiting = ''
  let timer: NodeJS.Immediate | undefined
  // Whoever asked may be gone: what was done stays done.
  raw.on('error', () => undefined)
  raw.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const flush = (): void => {
    clearImmediate(timer)
    timer = undefined
    if (waiting !== '') raw.write(waiting)
    waiting = ''
  }
  return {
    write: (value) => {
      waiting += `${JSON.stringify(value)}\n`
      timer ??= setImmediate(flush)
    },
    end: () => {
      flush()
      raw.end()
    },
  }
}

function requireToken(given: unknown, expected: Secret): void {
  const left = Buffer.from(typeof given === 'string' ? given : '')
  const right = Buffer.from(expected.reveal())
  if (left.length !== right.length || !timingSafeEqual(left, right)) throw new AppError('unauthenticated')
}
