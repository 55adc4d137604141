import { randomUUID } from 'node:crypto'
import mysql from 'mysql2/promise'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from '../../cluster/cluster.ts'
import { connectLight, type LightSocket } from './light-socket.ts'
import { cpuPer, readCpu } from './member-cpu.ts'
import { makeRoom, signUpPeople, type Person } from './people.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface StormFigures {
  readonly clients: number
  /** From the end of both gateways until a client is connected and has caught up, in ms. */
  readonly back: Spread
  readonly allBackMs: number
  readonly queriesPerSecondSteady: number
  /** Over the storm, and in its busiest second. */
  readonly queriesPerSecondStorm: number
  readonly queriesPerSecondPeak: number
  readonly cpuMicrosPerReconnect: Readonly<Record<string, number>>
}

/** People who share the sockets: each has some fifty. */
const peopleCount = 100
const steadyRate = 100
const steadySeconds = 8
const firstTryMs = { least: 200, most: 5_000 }
const capMs = 30_000

/**
 * Everybody loses the connection at once and comes back as the client core does: full jitter, doubled after a refusal.
 * Needs a cluster whose keeper does not restart what dies.
 */
export async function measureStorm(
  cluster: Cluster,
  { clients }: { clients: number },
): Promise<StormFigures> {
  const people = await signUpPeople(cluster.url, peopleCount, `t${Date.now() % 1e8}x`)
  const rooms: string[] = []
  for (let at = 0; at < peopleCount; at += 10)
    rooms.push(await makeRoom(cluster.url, people.slice(at, at + 10)))
  const roomOf = (index: number): string => rooms[Math.floor((index % peopleCount) / 10)] ?? ''
  const personOf = (index: number): Person => people[index % peopleCount] ?? { userId: '', accessToken: '' }
  const sockets: LightSocket[] = []
  const connect = async (index: number): Promise<LightSocket> => {
    const socket = await connectLight({ url: cluster.url, accessToken: personOf(index).accessToken })
    await socket.command('room:sync', { rooms: [{ roomId: roomOf(index), have: 1 }] })
    return socket
  }
  for (let index = 0; index < clients; index += 50)
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, clients - index) }, (_, at) =>
          comeBack(() => connect(index + at), 100),
        ),
      )),
    )
  const database = await mysql.createConnection(cluster.databaseUrl('chat'))
  const countQueries = async (): Promise<number> => {
    const [rows] = await database.query("show global status like 'Questions'")
    return Number(Reflect.get(Object(Reflect.get(Object(rows), 0)), 'Value'))
  }
  const steadyFrom = await countQueries()
  await write(sockets, steadySeconds, roomOf)
  const queriesPerSecondSteady = ((await countQueries()) - steadyFrom) / steadySeconds

  const gateways = [...cluster.members.values()].filter(({ kind }) => kind === 'gateway')
  for (const gateway of gateways) gateway.signal('SIGKILL')
  const startedAt = performance.now()
  await Promise.all(sockets.map(({ closed }) => closed))
  const before = readCpu(cluster)
  const stormFrom = await countQueries()
  let [peak, last] = [0, stormFrom]
  const over = new AbortController()
  const watching = (async () => {
    while (!over.signal.aborted) {
      await wait(1_000)
      const now = await countQueries()
      peak = Math.max(peak, now - last)
      last = now
    }
  })()
  await Promise.all(gateways.map((gateway) => gateway.start()))
  const back: number[] = []
  const again = await Promise.all(
    sockets.map(async (_, index) => {
      const socket = await comeBack(() => connect(index), firstTryMs.most)
      back.push(performance.now() - startedAt)
      return socket
    }),
  )
  const allBackMs = performance.now() - startedAt
  over.abort()
  await watching
  const stormed = (await countQueries()) - stormFrom
  const after = readCpu(cluster)
  await database.end()
  for (const socket of again) socket.close()
  return {
    clients,
    back: spreadOf(back),
    allBackMs: Math.round(allBackMs),
    queriesPerSecondSteady: Math.round(queriesPerSecondSteady),
    queriesPerSecondStorm: Math.round((stormed * 1_000) / allBackMs),
    queriesPerSecondPeak: peak,
    cpuMicrosPerReconnect: cpuPer(before, after, clients),
  }
}

/** A hundred messages a second from a few of the sockets. */
async function write(
  sockets: readonly LightSocket[],
  seconds: number,
  roomOf: (index: number) => string,
): Promise<void> {
  for (let number = 0; number < seconds * steadyRate; number++) {
    const request = { roomId: roomOf(number), clientMessageId: randomUUID(), text: 'as every day' }
    void sockets[number % peopleCount]?.command('message:send', request)
    await wait(1_000 / steadyRate)
  }
}

async function comeBack(connect: () => Promise<LightSocket>, firstMs: number): Promise<LightSocket> {
  for (let most = firstMs; ; most = Math.min(capMs, most * 2)) {
    await wait(firstTryMs.least * Math.random() + most * Math.random())
    try {
      return await connect()
    } catch {
      // Refused or not there yet: the next try comes later.
    }
  }
}
