import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from '../../cluster/cluster.ts'
import { connectLight } from './light-socket.ts'
import { cpuPer, readCpu } from './member-cpu.ts'
import { makeRoom, signUpPeople } from './people.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface HotRoomFigures {
  readonly members: number
  readonly inFlight: number
  readonly messagesPerSecond: number
  readonly failed: number
  readonly deliveries: number
  readonly expectedDeliveries: number
  readonly ack: Spread
  readonly cpuMicrosPerMessage: Readonly<Record<string, number>>
}

/** One room whose members keep `inFlight` messages each on their way: what one row lock carries, by batching. */
export async function measureHotRoom(
  cluster: Cluster,
  { members, inFlight, seconds }: { members: number; inFlight: number; seconds: number },
): Promise<HotRoomFigures> {
  const people = await signUpPeople(cluster.url, members, `h${Date.now() % 1e8}x`)
  const roomId = await makeRoom(cluster.url, people)
  const sockets = await Promise.all(
    people.map(({ accessToken }, index) =>
      connectLight({
        url: cluster.gatewayUrls[index % cluster.gatewayUrls.length] ?? cluster.url,
        accessToken,
      }),
    ),
  )
  await wait(1_500)
  const countEvents = (): number => sockets.reduce((sum, socket) => sum + socket.eventCount(), 0)
  const startCount = countEvents()
  const ack: number[] = []
  let failed = 0
  const before = readCpu(cluster)
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  await Promise.all(
    sockets.flatMap((socket) =>
      Array.from({ length: inFlight }, async () => {
        while (performance.now() < endsAt) {
          const sentAt = performance.now()
          const request = { roomId, clientMessageId: randomUUID(), text: 'a message as people write them' }
          const reply = await socket.command('message:send', request)
          if (reply.ok) ack.push(performance.now() - sentAt)
          else {
            failed += 1
            await wait(50)
          }
        }
      }),
    ),
  )
  const elapsedMs = performance.now() - startedAt
  const expected = ack.length * members
  const until = performance.now() + 15_000
  while (countEvents() - startCount < expected && performance.now() < until) await wait(20)
  const after = readCpu(cluster)
  const deliveries = countEvents() - startCount
  for (const socket of sockets) socket.close()
  return {
    members,
    inFlight,
    messagesPerSecond: Math.round((ack.length * 1_000) / elapsedMs),
    failed,
    deliveries,
    expectedDeliveries: expected,
    ack: spreadOf(ack),
    cpuMicrosPerMessage: cpuPer(before, after, ack.length),
  }
}
