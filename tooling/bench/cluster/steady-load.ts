import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from '../../cluster/cluster.ts'
import { connectLight, type LightSocket } from './light-socket.ts'
import { cpuPer, readCpu } from './member-cpu.ts'
import { makeRoom, signUpPeople, type Person } from './people.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface SteadyOptions {
  readonly rooms: number
  readonly membersPerRoom: number
  /** Messages a second over all rooms. */
  readonly rate: number
  readonly seconds: number
}

export interface SteadyFigures extends SteadyOptions {
  readonly acked: number
  readonly failed: number
  readonly deliveries: number
  readonly expectedDeliveries: number
  /** From the instant a message was due to its acknowledgement, and to the room's last member, in ms. */
  readonly ack: Spread
  readonly delivery: Spread
  /** How late the generator itself was, in ms. */
  readonly lag: Spread
  readonly cpuMicrosPerMessage: Readonly<Record<string, number>>
}

const warmUpMs = 2_000

/**
 * Open loop: message i is due at t0 + i/rate, in room i mod rooms, by member floor(i/rooms) mod members. Latency counts
 * from when it was due, so that a stall is not hidden by its own effect on the sender.
 */
export async function measureSteady(cluster: Cluster, options: SteadyOptions): Promise<SteadyFigures> {
  const { rooms: roomCount, membersPerRoom, rate, seconds } = options
  const people = await signUpPeople(cluster.url, roomCount * membersPerRoom, `s${Date.now() % 1e8}x`)
  const [ack, delivery, lag]: [number[], number[], number[]] = [[], [], []]
  let failed = 0
  let measureFrom = Infinity
  const t0Of = { ms: 0 }
  /** The last member of each room tells when it came; the text carries when it was due. */
  const onRoomEvent = (text: string): void => {
    const due = Number(/due:([\d.]+)/.exec(text)?.[1])
    if (due >= measureFrom) delivery.push(performance.now() - due)
  }
  const rooms = await Promise.all(
    Array.from({ length: roomCount }, async (_, room) => {
      const members = people.slice(room * membersPerRoom, (room + 1) * membersPerRoom)
      const roomId = await makeRoom(cluster.url, members)
      return { roomId, sockets: await connectMembers(cluster, members, onRoomEvent) }
    }),
  )
  await wait(1_500)
  const startCount = countEvents(rooms)
  const total = Math.floor(((warmUpMs + seconds * 1_000) / 1_000) * rate)
  const pending: Promise<void>[] = []
  t0Of.ms = performance.now() + 50
  measureFrom = t0Of.ms + warmUpMs
  let before = readCpu(cluster)
  let counted = 0
  for (let index = 0; index < total; index++) {
    const due = t0Of.ms + (index * 1_000) / rate
    const early = due - performance.now()
    if (early > 1) await wait(early)
    if (due >= measureFrom) {
      if (counted++ === 0) before = readCpu(cluster)
      lag.push(Math.max(0, performance.now() - due))
    }
    const room = rooms[index % roomCount]
    const socket = room?.sockets[Math.floor(index / roomCount) % membersPerRoom]
    if (room === undefined || socket === undefined) continue
    const request = {
      roomId: room.roomId,
      clientMessageId: randomUUID(),
      text: `due:${due.toFixed(3)} a message as people write them`,
    }
    pending.push(
      (async () => {
        const reply = await socket.command('message:send', request)
        if (!reply.ok) failed += 1
        else if (due >= measureFrom) ack.push(performance.now() - due)
      })(),
    )
  }
  await Promise.all(pending)
  const expected = total * membersPerRoom
  const endsAt = performance.now() + 15_000
  while (countEvents(rooms) - startCount < expected && performance.now() < endsAt) await wait(20)
  const after = readCpu(cluster)
  const deliveries = countEvents(rooms) - startCount
  for (const { sockets } of rooms) for (const socket of sockets) socket.close()
  return {
    ...options,
    acked: total - failed,
    failed,
    deliveries,
    expectedDeliveries: expected,
    ack: spreadOf(ack),
    delivery: spreadOf(delivery),
    lag: spreadOf(lag),
    cpuMicrosPerMessage: cpuPer(before, after, counted),
  }
}

async function connectMembers(
  { gatewayUrls, url }: Cluster,
  members: readonly Person[],
  onRoomEvent: (text: string) => void,
): Promise<LightSocket[]> {
  return Promise.all(
    members.map(({ accessToken }, index) =>
      connectLight({
        url: gatewayUrls[index % gatewayUrls.length] ?? url,
        accessToken,
        ...(index === members.length - 1 ? { onRoomEvent } : {}),
      }),
    ),
  )
}

const countEvents = (rooms: readonly { readonly sockets: readonly LightSocket[] }[]): number =>
  rooms.reduce((sum, { sockets }) => sum + sockets.reduce((part, socket) => part + socket.eventCount(), 0), 0)
