import type { Client } from '@our-now/client/client.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'
import type { AppliedEvent, ClientHistory } from './check-history.ts'

/** Messages a talker keeps unacknowledged in each room; the outbox sends them one by one. */
const pendingPerRoom = 2

export interface Talker {
  readonly client: Client
  readonly userId: string
  readonly history: ClientHistory
  /** Follows these rooms from their present head and begins to talk in them. */
  talkIn(rooms: readonly { readonly roomId: string; readonly head: number }[]): void
  /** Stops writing; what is in the outbox still goes out. */
  fallSilent(): void
  /** Messages not yet acknowledged. */
  pending(): number
}

/** A virtual client: the real client core with its outbox in memory, which writes as fast as it is acknowledged. */
export async function startTalker(baseUrl: string, name: string): Promise<Talker> {
  const acked = new Map<string, { roomId: string; seq: number }>()
  const applied = new Map<string, AppliedEvent[]>()
  const client = createClient({
    baseUrl,
    deviceName: 'faults',
    fetch: createCookieFetch(baseUrl),
    // The door takes sockets of its own origin only, as a browser would say it.
    headers: { origin: baseUrl },
    // Restarts take a second here, not a data centre's minutes.
    timing: {
      reconnectMinMs: 50,
      reconnectFirstMs: 300,
      reconnectCapMs: 1_000,
      retryFirstMs: 50,
      retryCapMs: 500,
    },
  })
  const { account } = await client.session.register({
    handle: name,
    password: `${name} talks a lot`,
    displayName: name,
  })
  let roomIds: readonly string[] = []
  let isTalking = false
  let count = 0

  const talk = (): void => {
    if (!isTalking) return
    for (const roomId of roomIds) {
      const waiting = client.outbox
        .entries(roomId)
        .filter(({ state }) => state !== 'sent' && state !== 'failed')
      for (let missing = pendingPerRoom - waiting.length; missing > 0; missing--)
        void client.outbox.send(roomId, `${name} ${++count}`)
    }
  }
  client.on('outbox-changed', ({ entries }) => {
    for (const { clientMessageId, roomId, seq } of entries)
      if (seq !== undefined) acked.set(clientMessageId, { roomId, seq })
    setImmediate(talk)
  })
  client.on('room-events', ({ roomId, events }) => {
    const list = applied.get(roomId) ?? []
    // The own message may come back in the log before its acknowledgement: the sender then counts it as sent.
    for (const event of events)
      if (event.kind === 'message-created' && event.actorId === account.userId)
        acked.set(event.message.clientMessageId, { roomId, seq: event.seq })
    for (const event of events)
      list.push({
        seq: event.seq,
        clientMessageId: event.kind === 'message-created' ? event.message.clientMessageId : undefined,
      })
    applied.set(roomId, list)
  })

  return {
    client,
    userId: account.userId,
    history: { name, acked, applied },
    talkIn: (rooms) => {
      client.rooms.follow(rooms.map(({ roomId, head }) => ({ roomId, have: head })))
      roomIds = rooms.map(({ roomId }) => roomId)
      isTalking = true
      talk()
    },
    fallSilent: () => {
      isTalking = false
    },
    pending: () =>
      client.outbox.entries().filter(({ state }) => state === 'queued' || state === 'sending').length,
  }
}
