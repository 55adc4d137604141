import type { Client } from '@our-now/client/client.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'
import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'

export const listenersPassword = 'correct horse battery'

/** A person with the real client, who remembers everything that was told. */
export interface Listener {
  readonly client: Client
  readonly userId: string
  readonly sessionId: string
  readonly handle: string
  /** Every event of a room as it was told, in that order. */
  eventsOf(roomId: string): readonly RoomEvent[]
  /** The texts among them. */
  textsOf(roomId: string): readonly string[]
  readonly userEvents: readonly UserEvent[]
  /** Follows a room from the start of its log as this person may see it. */
  follow(roomId: string): Promise<void>
}

/** Signs up (or in, on a further device) and waits for the socket. The caller closes the client. */
export async function startListener(
  baseUrl: string,
  handle: string,
  how: 'register' | 'signIn' = 'register',
): Promise<Listener> {
  const client = createClient({
    baseUrl,
    deviceName: how,
    fetch: createCookieFetch(baseUrl),
    headers: { origin: baseUrl },
    timing: { reconnectMinMs: 50, reconnectFirstMs: 300, reconnectCapMs: 1_000, retryCapMs: 1_000 },
  })
  const rooms = new Map<string, RoomEvent[]>()
  const userEvents: UserEvent[] = []
  client.on('room-events', ({ roomId, events }) => {
    rooms.set(roomId, [...(rooms.get(roomId) ?? []), ...events])
  })
  client.on('user-events', ({ events }) => userEvents.push(...events))
  const { account, sessionId } = await (how === 'register'
    ? client.session.register({ handle, password: listenersPassword, displayName: handle })
    : signedIn(client.session.signIn({ handle, password: listenersPassword })))
  await waitUntil(() => client.connection.state().state === 'online', { timeoutMs: 10_000 })
  client.user.follow(0)
  const eventsOf = (roomId: string): readonly RoomEvent[] => rooms.get(roomId) ?? []
  return {
    client,
    userId: account.userId,
    sessionId,
    handle,
    userEvents,
    eventsOf,
    textsOf: (roomId) =>
      eventsOf(roomId).flatMap((event) => (event.kind === 'message-created' ? [event.message.text] : [])),
    follow: async (roomId) => {
      const { membership } = await client.api.getRoom({ roomId })
      client.rooms.follow([{ roomId, have: membership.joinedSeq }])
    },
  }
}
