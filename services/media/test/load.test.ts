import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { expect, test } from 'vitest'
import { measureLoad } from '../load/measure-load.ts'
import { createVideo } from '../load/rtp-stream.ts'
import { readDtls, readVideoLine } from '../load/witnesses/session-description.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: load of calls: no media worker on this machine')

test('video is thirty frames a second that begin with a key frame and are numbered without holes', () => {
  const packets = createVideo({ ssrc: 1, payloadType: 96 }).due(999)
  expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual(packets.map((_, at) => at))
  expect(packets.filter((packet) => ((packet[1] ?? 0) & 0x80) !== 0)).toHaveLength(30)
  // Behind the header of 12 bytes and the descriptor of 4: a key frame's first bit is 0.
  expect(
    packets.filter((packet) => ((packet[12] ?? 0) & 0x10) !== 0 && ((packet[16] ?? 1) & 1) === 0),
  ).toEqual([packets[0]])
})

test.skipIf(workerBin === undefined)('the load tool finds what it sends at every subscriber', async () => {
  const options = { publishers: 2, subscribers: 3, seconds: 1, isEncrypted: true }
  const load = await measureLoad({ ...options, workerBin: workerBin ?? '' })
  // 118 packets a second of each publisher; a busy machine may lose some.
  expect(load.packetsForwarded).toBeGreaterThan(350)
  expect(load.lossPercent).toBeLessThan(20)
  expect(load.workerCpuSeconds).toBeGreaterThan(0)
})

test('what a browser offers is read, and what it is told has its own numbers', () => {
  const offer = [
    'a=fingerprint:sha-256 AB:CD',
    'a=rtpmap:96 VP8/90000',
    'a=ssrc-group:FID 7 8',
    'a=ssrc:7 cname:x',
  ]
  const sdp = offer.join('\r\n')
  expect(readVideoLine(sdp)).toEqual({ payloadType: 96, ssrc: 7 })
  expect(readDtls(sdp).fingerprints).toEqual([{ algorithm: 'sha-256', value: 'AB:CD' }])
  expect(() => readVideoLine('v=0')).toThrow(/VP8/)
})

const browserPath = process.env['CHROMIUM_PATH']
if (browserPath === undefined) console.warn('left out: witnesses of load: CHROMIUM_PATH is not set')
test.skipIf(workerBin === undefined || browserPath === undefined)(
  'two browsers at the loaded worker say how they saw each other',
  async () => {
    const load = await measureLoad({
      publishers: 1,
      subscribers: 2,
      seconds: 3,
      isEncrypted: true,
      workerBin: workerBin ?? '',
      witnesses: { count: 2, browserPath: browserPath ?? '' },
    })
    expect(load.witnesses).toHaveLength(2)
    // Thirty, on a machine that has nothing else to do.
    for (const { framesPerSecond } of load.witnesses ?? []) expect(framesPerSecond).toBeGreaterThan(1)
  },
  60_000,
)
