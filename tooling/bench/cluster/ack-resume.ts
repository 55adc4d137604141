import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster, MemberName } from '../../cluster/cluster.ts'
import { connectLight, type LightSocket } from './light-socket.ts'
import { makeRoom, signUpPeople } from './people.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface ResumeFigures {
  readonly kills: number
  /** Per room and kill: from the kill to the acknowledgement of the first message begun after it, in ms. */
  readonly fromKill: Spread
  /** The same from when the member answered again; negative: it was not waited for. */
  readonly fromReady: Spread
}

const retryMs = 50

/** Kills a member again and again while one person in each room writes, one message after the other. */
export async function measureAckResume(
  cluster: Cluster,
  { victims, kills, rooms }: { victims: readonly MemberName[]; kills: number; rooms: number },
): Promise<ResumeFigures> {
  const people = await signUpPeople(cluster.url, rooms * 2, `r${Date.now() % 1e8}x`)
  const writers = await Promise.all(
    Array.from({ length: rooms }, async (_, room) => {
      const members = people.slice(room * 2, room * 2 + 2)
      const roomId = await makeRoom(cluster.url, members)
      const url = cluster.gatewayUrls[room % cluster.gatewayUrls.length] ?? cluster.url
      return startWriter(roomId, await connectLight({ url, accessToken: members[0]?.accessToken ?? '' }))
    }),
  )
  await wait(1_000)
  const [fromKill, fromReady]: [number[], number[]] = [[], []]
  for (let kill = 0; kill < kills; kill++) {
    const victim = cluster.members.get(victims[kill % victims.length] ?? 'mariadb')
    if (victim === undefined) throw new Error('no such member')
    const killedAt = performance.now()
    const resumed = Promise.all(writers.map((writer) => writer.firstAckBegunAfter(killedAt)))
    victim.signal('SIGKILL')
    while (victim.pid() !== undefined && victim.state() === 'ready') await wait(5)
    await victim.start()
    const readyAt = performance.now()
    for (const ackedAt of await resumed) {
      fromKill.push(ackedAt - killedAt)
      fromReady.push(ackedAt - readyAt)
    }
    await wait(1_500)
  }
  for (const writer of writers) await writer.stop()
  return { kills, fromKill: spreadOf(fromKill), fromReady: spreadOf(fromReady) }
}

function startWriter(roomId: string, socket: LightSocket) {
  const stop = new AbortController()
  let watch: { sinceMs: number; resolve: (ackedAt: number) => void } | undefined
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const begunAt = performance.now()
      const request = { roomId, clientMessageId: randomUUID(), text: 'still there?' }
      for (let reply = await socket.command('message:send', request); !reply.ok && !stop.signal.aborted;) {
        await wait(retryMs)
        reply = await socket.command('message:send', request)
      }
      if (watch !== undefined && begunAt >= watch.sinceMs) {
        watch.resolve(performance.now())
        watch = undefined
      }
      await wait(5)
    }
  }
  const running = run()
  return {
    firstAckBegunAfter: (sinceMs: number) =>
      new Promise<number>((resolve) => {
        watch = { sinceMs, resolve }
      }),
    stop: async () => {
      stop.abort()
      await running
      socket.close()
    },
  }
}
