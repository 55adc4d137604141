import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: churn of calls: no media worker on this machine')

const cycles = 1_000
/** What the worker's allocator may keep for later use, in KiB; a leak of one transport a cycle would be many times that. */
const mayKeepKib = 8_192

const sound = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1_111 }],
  rtcp: { cname: 'a' },
}

describe.skipIf(workerBin === undefined || process.platform !== 'linux')('joining and leaving', () => {
  let stack: MediaStack
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_ROUTER_PEERS: '1', MEDIA_CHECK_INTERVAL_MS: '10000' })
  })
  afterAll(() => stack.close())

  const rooms = Array.from({ length: 5 }, () => ({
    roomId: randomUUID(),
    people: [0, 1].map(() => ({ traceId: 't', userId: randomUUID(), sessionId: randomUUID() })),
  }))
  /** Two meet, one speaks, the other receives it at the other worker, and both leave: two joins and two leaves. */
  async function cycle(round: number): Promise<void> {
    const room = rooms[round % rooms.length]
    const [ada, bora] = room?.people ?? []
    if (room === undefined || ada === undefined || bora === undefined) throw new Error('two people')
    const { roomId } = room
    await stack.api.joinCall(ada, { roomId, isVideo: true })
    const { rtpCapabilities } = await stack.api.joinCall(bora, { roomId, isVideo: true })
    const { producerId } = await stack.api.produce(ada, {
      roomId,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: sound,
      isPaused: false,
    })
    await stack.api.consume(bora, { roomId, producerId, rtpCapabilities })
    await stack.api.leaveCall(round % 2 === 0 ? ada : bora, { roomId })
    await stack.api.leaveCall(round % 2 === 0 ? bora : ada, { roomId })
  }
  /** Of both workers: open files, which sockets are, and resident memory. */
  async function measure(): Promise<{ files: number; memoryKib: number }> {
    let [files, memoryKib] = [0, 0]
    for (const pid of stack.media.workerPids()) {
      files += (await readdir(`/proc/${pid}/fd`)).length
      const status = await readFile(`/proc/${pid}/status`, 'utf8')
      memoryKib += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
    }
    return { files, memoryKib }
  }

  test(
    'a thousand times leaves no router, transport, port or memory behind',
    { timeout: 120_000 },
    async () => {
      for (const { roomId, people } of rooms)
        for (const { userId } of people) stack.members.add(`${roomId} ${userId}`)
      const settled = async (): Promise<void> => {
        const nothing = { routers: 0, transports: 0, iceNames: 0 }
        await waitUntil(async () => JSON.stringify(await stack.media.countOpen()) === JSON.stringify(nothing))
      }
      // The first rounds fill what the allocator and the libraries keep.
      for (let round = 0; round < cycles / 5; round += 1) await cycle(round)
      await settled()
      const before = await measure()
      for (let round = 0; round < cycles; round += 1) await cycle(round)
      await settled()
      const after = await measure()
      console.log(
        `${cycles} cycles: ${after.memoryKib - before.memoryKib} KiB more in the workers (${before.memoryKib} before)`,
      )
      expect(after.files).toBe(before.files)
      expect(after.memoryKib - before.memoryKib).toBeLessThan(mayKeepKib)
      for (const { roomId, people } of rooms) {
        const [ada] = people
        if (ada !== undefined) expect(await stack.api.getCall(ada, { roomId })).toEqual({ roomId })
      }
    },
  )

  test('a device that joins a thousand times in a row is one tile, with its two transports', async () => {
    const [room] = rooms
    const [ada, bora] = room?.people ?? []
    if (room === undefined || ada === undefined || bora === undefined) throw new Error('two people')
    const { roomId } = room
    const { peerId } = await stack.api.joinCall(bora, { roomId, isVideo: true })
    for (let joins = 0; joins < cycles; joins += 1) await stack.api.joinCall(ada, { roomId, isVideo: true })
    const { peers } = await stack.api.keepCall(bora, { roomId, peerId })
    expect(peers).toMatchObject([{ userId: ada.userId }])
    expect((await stack.media.countOpen()).transports).toBe(4)
  })
})
