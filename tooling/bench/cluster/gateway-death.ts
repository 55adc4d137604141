import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster, Member } from '../../cluster/cluster.ts'
import { startCrowd } from './crowd.ts'
import { connectLight } from './light-socket.ts'
import { makeRoom, signUpPeople } from './people.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface GatewayDeathFigures {
  readonly clients: number
  readonly kills: number
  readonly incomplete: number
  /** From the kill until a client is connected elsewhere and has every message, in ms. */
  readonly complete: Spread
}

const perRoom = 50

/**
 * All clients sit on one gateway; it is killed while people write; the clients come back at the other one. Needs a
 * cluster whose keeper does not restart what dies.
 */
export async function measureGatewayDeath(
  cluster: Cluster,
  { clients, kills }: { clients: number; kills: number },
): Promise<GatewayDeathFigures> {
  const [one, two] = [memberOf(cluster, 'gateway-1'), memberOf(cluster, 'gateway-2')]
  await end(two)
  const crowd = await startCrowd({ url: cluster.url, count: clients, prefix: `g${Date.now() % 1e8}x` })
  const roomCount = Math.ceil(clients / perRoom)
  const owners = await signUpPeople(cluster.url, roomCount, `o${Date.now() % 1e8}x`)
  const rooms: string[] = []
  for (const [index, owner] of owners.entries()) {
    const guests = crowd.userIds
      .slice(index * perRoom, (index + 1) * perRoom)
      .map((userId) => ({ userId, accessToken: '' }))
    rooms.push(await makeRoom(cluster.url, [owner, ...guests]))
  }
  await crowd.follow(
    crowd.userIds.map((_, index) => [{ roomId: rooms[Math.floor(index / perRoom)] ?? '', have: 1 }]),
  )
  const complete: number[] = []
  let incomplete = 0
  for (let kill = 0; kill < kills; kill++) {
    const [full, empty] = kill % 2 === 0 ? [one, two] : [two, one]
    await empty.start()
    const url = `http://${empty.address.host}:${empty.address.port}`
    const writers = await Promise.all(
      owners.map(({ accessToken }) => connectLight({ url: gatewayUrl(cluster, empty) ?? url, accessToken })),
    )
    const killedAt = Date.now()
    full.signal('SIGKILL')
    const heads: Record<string, number> = {}
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        writers.map(async (writer, index) => {
          const roomId = rooms[index] ?? ''
          const reply = await writer.command('message:send', {
            roomId,
            clientMessageId: randomUUID(),
            text: 'a move',
          })
          if (reply.ok)
            heads[roomId] = Math.max(heads[roomId] ?? 0, Number(Reflect.get(Object(reply.value), 'seq')))
        }),
      )
      await wait(200)
    }
    for (const at of await crowd.whenComplete(heads, 60_000))
      if (Number.isNaN(at)) incomplete += 1
      else complete.push(at - killedAt)
    for (const writer of writers) writer.close()
    await wait(1_000)
  }
  await crowd.stop()
  for (const member of [one, two]) await member.start()
  return { clients, kills, incomplete, complete: spreadOf(complete) }
}

function memberOf(cluster: Cluster, name: 'gateway-1' | 'gateway-2'): Member {
  const member = cluster.members.get(name)
  if (member === undefined) throw new Error(`the cluster has no ${name}`)
  return member
}

const gatewayUrl = ({ gatewayUrls }: Cluster, { name }: Member): string | undefined =>
  gatewayUrls[Number(name.split('-')[1]) - 1]

async function end(member: Member): Promise<void> {
  member.signal('SIGKILL')
  while (member.pid() !== undefined) await wait(20)
}
