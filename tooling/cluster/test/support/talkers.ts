import type { Client } from '@our-now/client/client.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'

/** Somebody with the real client, in the rooms of their group. */
export interface Talker {
  readonly client: Client
  readonly userId: string
}

/** What `enter` signs up with. */
export const passwordOf = (handle: string): string => `${handle} has a long password`

/** Signs somebody up behind the balancer, or behind a gateway's own door. */
export async function enter(url: string, handle: string, origin = url): Promise<Talker> {
  const client = createClient({
    baseUrl: url,
    deviceName: 'test',
    fetch: createCookieFetch(origin),
    headers: { origin },
  })
  const { account } = await client.session.register({
    handle,
    password: passwordOf(handle),
    displayName: handle,
  })
  await onlineAgain(client)
  return { client, userId: account.userId }
}

export async function onlineAgain(client: Client): Promise<void> {
  while (client.connection.state().state !== 'online') await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A room of all of these, which everybody follows. */
export async function shareRoom([owner, ...guests]: readonly Talker[]): Promise<string> {
  if (owner === undefined) throw new Error('a room needs somebody')
  const userIds = guests.map(({ userId }) => userId)
  const { roomId, head } = await owner.client.api.createGroup({ name: 'a room', userIds })
  for (const { client } of [owner, ...guests]) client.rooms.follow([{ roomId, have: head }])
  return roomId
}

/** Texts of a room in the order in which this client was told them. */
export function hear(client: Client, roomId: string): string[] {
  const heard: string[] = []
  client.on('room-events', ({ roomId: of, events }) => {
    if (of !== roomId) return
    for (const event of events) if (event.kind === 'message-created') heard.push(event.message.text ?? '')
  })
  return heard
}
