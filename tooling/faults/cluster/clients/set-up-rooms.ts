import type { Random } from '../choices.ts'
import type { VirtualClient } from './virtual-client.ts'

/** A room of the run. Its owner never leaves; all others come and go. */
export interface RunRoom {
  readonly roomId: string
  readonly owner: VirtualClient
}

export const fewestMembers = 4
export const mostMembers = 8

/** Puts each client into some of a few new rooms; everybody follows its own log and its rooms. */
export async function setUpRooms(
  clients: readonly VirtualClient[],
  count: number,
  random: Random,
): Promise<RunRoom[]> {
  for (const { client } of clients) client.user.follow((await client.api.listRooms({})).userHead)
  const rooms: RunRoom[] = []
  for (let index = 0; index < count; index++) {
    const owner = clients[index % clients.length]
    if (owner === undefined) throw new Error('nobody is there to own a room')
    const others = clients.filter((one) => one !== owner)
    const guests = new Set<VirtualClient>()
    while (guests.size < Math.min(6, others.length)) guests.add(random.pick(others) ?? owner)
    const { roomId, head } = await owner.client.api.createGroup({
      name: `room ${index}`,
      userIds: [...guests].map(({ userId }) => userId),
    })
    for (const member of [owner, ...guests]) member.follow(roomId, head)
    rooms.push({ roomId, owner })
  }
  return rooms
}
