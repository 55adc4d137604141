import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { createSocket } from 'node:dgram'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPublisher, addSubscriber, plainHost } from '../load/plain-peers.ts'
import { MediaSettings } from '../src/index.ts'
import { createWorkerPool, type Placement, type WorkerPool } from '../src/workers/worker-pool.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: killed workers: no media worker on this machine')

/** How often a worker is killed; the goals are stated over 20. */
const kills = Number(process.env['CALL_KILLS'] ?? 5)
const goalMs = 5_000
const tickMs = 5

/** A call of one who sends and one who receives. */
interface Talk {
  readonly firstAtMs: () => number | undefined
  /** Packets that arrived, and those that are missing between the first and the last of their stream. */
  readonly count: () => { readonly arrived: number; readonly missing: number }
  close(): void
}

async function startTalk({ router }: Placement): Promise<Talk> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  const numbers = new Map<number, Set<number>>()
  let firstAtMs: number | undefined
  socket.on('message', (message) => {
    // RTCP has 192 to 223 there (RFC 5761, section 4).
    const kind = message[1] ?? 0
    if (kind >= 192 && kind <= 223) return
    firstAtMs ??= performance.now()
    const ssrc = message.readUInt32BE(8)
    numbers.set(ssrc, (numbers.get(ssrc) ?? new Set()).add(message.readUInt16BE(2)))
  })
  await new Promise<void>((resolve) => socket.bind(0, plainHost, resolve))
  const publisher = await addPublisher(router, 0)
  await addSubscriber(router, socket.address().port, [publisher], false)
  const beganAtMs = performance.now()
  const timer = setInterval(() => {
    for (const packet of publisher.streams.flatMap((stream) => stream.due(performance.now() - beganAtMs)))
      socket.send(packet, publisher.port, plainHost)
  }, tickMs)
  return {
    firstAtMs: () => firstAtMs,
    count: () => {
      let [arrived, missing] = [0, 0]
      for (const each of numbers.values()) {
        const first = [...each][0] ?? 0
        // Numbers begin anywhere and go round.
        const furthest = Math.max(...[...each].map((number) => (number - first) & 0xffff))
        arrived += each.size
        missing += furthest + 1 - each.size
      }
      return { arrived, missing }
    },
    close: () => {
      clearInterval(timer)
      socket.close()
    },
  }
}

describe.skipIf(workerBin === undefined)('worker killed', () => {
  let pool: WorkerPool
  beforeAll(async () => {
    const config = loadConfig(MediaSettings, { MEDIA_WORKERS: '2', MEDIA_WORKER_BIN: workerBin ?? '' })
    pool = createWorkerPool({ config, log: createTestLog() })
    await pool.start()
  })
  afterAll(() => pool.stop())

  test(`media flow again each of ${kills} times, and a call at another worker loses no packet`, async () => {
    const calm = await pool.place()
    const undisturbed = await startTalk(calm)
    const backMs: number[] = []
    let place = await pool.place()
    let talk = await startTalk(place)
    try {
      for (let times = 0; times < kills; times += 1) {
        expect(place.workerPid).not.toBe(calm.workerPid)
        await waitUntil(() => talk.firstAtMs())
        const killedAtMs = performance.now()
        const killed = place.workerPid
        process.kill(killed, 'SIGKILL')
        // The other one has a call already: the next place is at the new one.
        await waitUntil(() => pool.pids().length === 2 && !pool.pids().includes(killed), {
          timeoutMs: goalMs,
        })
        talk.close()
        place = await pool.place()
        talk = await startTalk(place)
        backMs.push(Math.round((await waitUntil(() => talk.firstAtMs())) - killedAtMs))
      }
      expect(undisturbed.count().missing).toBe(0)
    } finally {
      talk.close()
      undisturbed.close()
    }
    const sorted = backMs.toSorted((one, other) => one - other)
    console.log(
      `media back after ${sorted.join(', ')} ms; ${undisturbed.count().arrived} packets beside, ${undisturbed.count().missing} lost`,
    )
    expect(sorted[Math.ceil(sorted.length * 0.95) - 1]).toBeLessThan(goalMs)
  }, 120_000)
})
