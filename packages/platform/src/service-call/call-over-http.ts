import type { Reply } from '@our-now/contracts/errors.ts'
import type { CallContext, ServiceApi, ServiceContract } from '@our-now/contracts/service-contract.ts'
import { Agent, request as httpRequest } from 'node:http'
import type { Clock } from '../clock/clock.ts'
import { AppError } from '../errors/app-error.ts'
import type { Secret } from '../config/secret.ts'
import { createCallBatches } from './call-batches.ts'
import { createReplicaChoice } from './choose-replica.ts'
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

/** What a replica that stops answers to calls that come over connections still open; it has not looked at them. */
const stoppingStatus = 503
class StoppingError extends Error {}

interface Post {
  readonly body: string
  readonly untilMs: number
  readonly over: Agent | false
}

/** How long one try may take while another replica could answer, in ms; two tries fit into a client's patience of 6 s. */
const tryMs = 2_000

/**
 * Calls to a service over HTTP keep-alive: those with one key to one replica, the others in turn. A call is tried once
 * more, on another replica where there is one, when the first cannot have seen it; and when its outcome is unknown or
 * it answered `unavailable` or `timeout`, if repeating the operation is harmless.
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
  const replicas = createReplicaChoice(options.urls, () => performance.now())
  const batches = createCallBatches({
    ...options,
    agent,
    nowMs: () => options.clock.now(),
    toError: statusError,
  })
  const call = async (name: string, context: CallContext, request: unknown): Promise<unknown> => {
    const { key, isRepeatable = false, isBatched = false } = contract[name] ?? {}
    const deadlineAtMs = context.deadlineAtMs ?? options.clock.now() + defaultDeadlineMs
    const [one = first, other = one] = replicas.list(key === undefined ? undefined : keyOf(request, key))
    // On a kept connection that the other side is just closing, a request is lost without a trace: nothing for one
    // that must not be sent again.
    const over = isRepeatable ? agent : false
    const ask = async (url: string, untilMs: number): Promise<unknown> => {
      // A replica that stood still must not do it after another one was asked: long after, it may be wrong.
      const given = { context: { ...context, deadlineAtMs: untilMs }, request }
      try {
        const reply = isBatched
          ? await batches.post(url, { operation: name, ...given, untilMs })
          : await post(`${url}/calls/${options.service}/${name}`, {
              body: JSON.stringify(given),
              untilMs,
              over,
            })
        replicas.succeeded(url)
        return unwrap(reply)
      } catch (error) {
        if (!(error instanceof AppError)) replicas.failed(url)
        throw error
      }
    }
    try {
      // What must not be repeated has the whole time to end.
      const firstUntilMs = isRepeatable && other !== one ? options.clock.now() + tryMs : deadlineAtMs
      return await ask(one, Math.min(deadlineAtMs, firstUntilMs))
    } catch (error) {
      if (!wasNeverSeen(error) && !(isRepeatable && mayWorkElsewhere(error))) throw toAppError(error)
      if (options.clock.now() >= deadlineAtMs) throw toAppError(error)
    }
    return ask(other, deadlineAtMs).catch((error: unknown) => {
      throw toAppError(error)
    })
  }

  const post = (url: string, { body, untilMs, over }: Post): Promise<Reply<unknown>> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-service-token': options.serviceToken.reveal(),
      }
      const signal = AbortSignal.timeout(Math.max(1, untilMs - options.clock.now()))
      const outgoing = httpRequest(url, { method: 'POST', agent: over, headers, signal }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          try {
            if (incoming.statusCode !== 200) throw statusError(incoming.statusCode)
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

const statusError = (status: number | undefined): Error =>
  status === stoppingStatus ? new StoppingError() : new AppError('internal')

function unwrap(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value
  throw AppError.fromFailure(reply.failure)
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String(Reflect.get(error, 'code') ?? error.name) : ''

/** The value that chooses the replica. */
const keyOf = (request: unknown, field: string): string | undefined => {
  const value: unknown = Reflect.get(Object(request), field)
  return typeof value === 'string' ? value : undefined
}

/**
 * A failure of the way or of this replica, not one of the request. `timeout`: it could not do it in its time, or its
 * clock is wrong and it takes every call for a late one.
 */
const mayWorkElsewhere = (error: unknown): boolean =>
  !(error instanceof AppError) || error.code === 'unavailable' || error.code === 'timeout'

const wasNeverSeen = (error: unknown): boolean =>
  error instanceof StoppingError ||
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(codeOf(error))

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (!wasNeverSeen(error)) return new AppError('timeout', undefined, { cause: error })
  return new AppError('unavailable', undefined, { cause: error, retryAfterMs: 1_000 })
}
