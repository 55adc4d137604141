import type { Reply } from '@our-now/contracts/errors.ts'
import type { CallContext, ServiceApi, ServiceContract } from '@our-now/contracts/service-contract.ts'
import { Agent, request as httpRequest } from 'node:http'
import type { Clock } from '../clock/clock.ts'
import { AppError } from '../errors/app-error.ts'
import type { Secret } from '../config/secret.ts'
import { defaultDeadlineMs } from './guard-api.ts'

export interface CallOverHttpOptions {
  /** Name of the service in the path, e.g. `chat`. */
  readonly service: string
  /** Where its replicas answer: `http://chat-1:4002`. */
  readonly urls: readonly string[]
  readonly serviceToken: Secret
  readonly clock: Clock
}

/** A service in another process. `close` ends the kept connections. */
export interface RemoteApi<C extends ServiceContract> {
  readonly api: ServiceApi<C>
  close(): void
}

/** Connections that wait unused; each costs a socket on both sides. */
const maxFreeSockets = 16

/**
 * Calls to a service over HTTP keep-alive. A call whose connection could not be opened, so that the service cannot
 * have seen it, is tried once more on the next replica.
 *
 * @throws {AppError} unavailable when no replica answers, timeout when the answer is late (the outcome is unknown),
 * or the failure that the service coded
 */
export function callOverHttp<C extends ServiceContract>(
  contract: C,
  options: CallOverHttpOptions,
): RemoteApi<C> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets })
  const [first] = options.urls
  if (first === undefined) throw new Error(`no url for the service ${options.service}`)
  let turn = 0
  const call = async (operation: string, context: CallContext, request: unknown): Promise<unknown> => {
    const deadlineAtMs = context.deadlineAtMs ?? options.clock.now() + defaultDeadlineMs
    const body = JSON.stringify({ context: { ...context, deadlineAtMs }, request })
    for (let attempt = 0; ; attempt++) {
      const url = options.urls[turn++ % options.urls.length] ?? first
      try {
        return unwrap(await post(`${url}/calls/${options.service}/${operation}`, body, deadlineAtMs))
      } catch (error) {
        if (attempt === 0 && wasNeverSeen(error)) continue
        throw toAppError(error)
      }
    }
  }

  const post = (url: string, body: string, deadlineAtMs: number): Promise<Reply<unknown>> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-service-token': options.serviceToken.reveal(),
      }
      const signal = AbortSignal.timeout(Math.max(1, deadlineAtMs - options.clock.now()))
      const outgoing = httpRequest(url, { method: 'POST', agent, headers, signal }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          try {
            /** True because only our own `serveOverHttp` answers there, and the guard checks the value it wraps. */
            resolve(JSON.parse(Buffer.concat(chunks).toString()) as Reply<unknown>)
          } catch (error) {
            reject(error)
          }
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  const api: Record<string, (context: CallContext, request: unknown) => Promise<unknown>> = {}
  for (const name of Object.keys(contract)) api[name] = (context, request) => call(name, context, request)
  /** True because the service guards every operation by the same contract on its side. */
  return { api: api as ServiceApi<C>, close: () => agent.destroy() }
}

function unwrap(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value
  throw AppError.fromFailure(reply.failure)
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String(Reflect.get(error, 'code') ?? error.name) : ''

const wasNeverSeen = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(codeOf(error))

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (['ABORT_ERR', 'TimeoutError', 'AbortError', 'ECONNRESET'].includes(codeOf(error)))
    return new AppError('timeout', undefined, { cause: error })
  return new AppError('unavailable', undefined, { cause: error, retryAfterMs: 1_000 })
}
