import type { Client } from '@our-now/client/client.ts'
import { ClientError } from '@our-now/client/client-error.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'
import { retryableCodes } from '@our-now/client/outbox/send-outcome.ts'
import type { OperationLine } from '../history.ts'
import type { Recorder } from './recorder.ts'
import { createRoomCopies, type RoomCopies } from './room-copies.ts'
import { recordSends, type SendRecord } from './record-sends.ts'

/** One device of one person, whose every request, answer and delivery goes into the history. */
export interface VirtualClient {
  readonly name: string
  readonly userId: string
  readonly client: Client
  readonly sends: SendRecord
  readonly copies: RoomCopies
  readonly isOnline: () => boolean
  /** Rooms it believes to be in. */
  readonly roomIds: () => readonly string[]
  readonly follow: (roomId: string, have: number) => void
  /** Runs one request and records how it went. Resolves with its answer, or undefined when it failed. */
  readonly ask: <T>(
    question: Pick<OperationLine, 'f' | 'roomId'> & Partial<OperationLine>,
    run: () => Promise<T>,
    toFields?: (answer: T) => Partial<OperationLine>,
  ) => Promise<T | undefined>
}

export interface VirtualClientDeps {
  readonly name: string
  /** Its own proxy. */
  readonly baseUrl: string
  /** What the gateway takes as its own page's origin. */
  readonly origin: string
  /** How far its clock is off, in ms. */
  readonly skewMs: number
  readonly recorder: Recorder
  /** Numbers the operations of the run. */
  readonly nextOp: () => string
  /** A send of it goes out for the first time. */
  readonly onSending: (client: VirtualClient, send: { roomId: string; id: string; text: string }) => void
}

/** Signs a new account up and records what its client does from then on. */
export async function startVirtualClient(deps: VirtualClientDeps): Promise<VirtualClient> {
  const { name, baseUrl, origin, skewMs, recorder, nextOp } = deps
  const client = createClient({
    baseUrl,
    deviceName: 'faults',
    fetch: createCookieFetch(origin),
    headers: { origin },
    now: () => Date.now() + skewMs,
    // Restarts take a second here, not a data centre's minutes.
    timing: {
      requestMs: 10_000,
      reconnectMinMs: 50,
      reconnectFirstMs: 500,
      reconnectCapMs: 1_500,
      retryFirstMs: 100,
      retryCapMs: 1_000,
    },
  })
  const { account } = await client.session.register({
    handle: name,
    password: `${name} talks a lot`,
    displayName: name,
  })
  const { userId } = account
  const base = { client: name, userId }
  const sends = recordSends({
    client,
    base,
    recorder,
    nextOp,
    onSending: (send) => deps.onSending(self, send),
  })
  const copies = createRoomCopies({ client, base, recorder, sends })
  client.on('connection-changed', ({ state }) => {
    if (state !== 'connecting')
      recorder.write({ t: recorder.now(), ...base, f: state === 'online' ? 'connected' : 'disconnected' })
  })

  const self: VirtualClient = {
    name,
    userId,
    client,
    sends,
    copies,
    isOnline: () => client.connection.state().state === 'online',
    roomIds: copies.roomIds,
    follow: copies.follow,
    ask: async (question, run, toFields) => {
      const asked = { ...base, op: nextOp(), ...question }
      recorder.write({ t: recorder.now(), type: 'invoke', ...asked })
      try {
        const answer = await run()
        recorder.write({ t: recorder.now(), type: 'ok', ...asked, ...toFields?.(answer) })
        return answer
      } catch (error) {
        const code = error instanceof ClientError ? error.code : 'internal'
        // Not reached may also mean: reached, and the answer lost.
        const isRetryable = retryableCodes.has(error instanceof ClientError ? error.code : 'internal')
        recorder.write({
          t: recorder.now(),
          type: isRetryable ? 'info' : 'fail',
          ...asked,
          code,
          isRetryable,
        })
        return undefined
      }
    },
  }
  return self
}
