import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { AppError } from '@our-now/platform/errors/app-error.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: calls: no media worker on this machine')

const opus = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1_111 }],
  rtcp: { cname: 'a' },
}
const fingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }

describe.skipIf(workerBin === undefined)('calls', () => {
  let stack: MediaStack
  const asSomebody = (): Required<Pick<CallContext, 'traceId' | 'userId' | 'sessionId'>> => ({
    traceId: 't',
    userId: randomUUID(),
    sessionId: randomUUID(),
  })
  /** A room with so many members, each at one device. */
  const aRoom = (count: number) => {
    const roomId = randomUUID()
    const people = Array.from({ length: count }, asSomebody)
    for (const { userId } of people) stack.members.add(`${roomId} ${userId}`)
    return { roomId, people }
  }
  const join = (context: CallContext, roomId: string) =>
    stack.api.joinCall(context, { roomId, isVideo: true })
  const speak = (context: CallContext, roomId: string) =>
    stack.api.produce(context, {
      roomId,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: opus,
      isPaused: false,
    })

  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_CALL_PEERS: '3' })
  })
  afterAll(() => stack.close())

  test('two members of a room meet in one call and hear each other', async () => {
    const { roomId, people } = aRoom(2)
    const [ada, bora] = people
    if (!ada || !bora) throw new Error('two people')
    const first = await join(ada, roomId)
    const { producerId } = await speak(ada, roomId)
    const second = await join(bora, roomId)
    expect(second.callId).toBe(first.callId)
    expect(second.peers).toMatchObject([
      { userId: ada.userId, producers: [{ producerId, source: 'microphone' }] },
    ])
    const rtpCapabilities = { ...second.rtpCapabilities }
    const consumed = await stack.api.consume(bora, { roomId, producerId, rtpCapabilities })
    expect(consumed).toMatchObject({ producerId, kind: 'audio' })
    await stack.api.setConsumer(bora, { roomId, consumerId: consumed.consumerId, isPaused: false })
    expect(stack.told.filter(({ to }) => to === first.peerId).map(({ change }) => change.kind)).toEqual([
      'peer-joined',
    ])
  })

  test('somebody who is not in the room finds neither the room nor its call', async () => {
    const { roomId } = aRoom(1)
    await expect(join(asSomebody(), roomId)).rejects.toMatchObject({ code: 'room_not_found' })
    await expect(stack.api.getCall(asSomebody(), { roomId })).rejects.toMatchObject({
      code: 'room_not_found',
    })
  })

  test('what belongs to another call is not found, and neither is what belongs to another device', async () => {
    const here = aRoom(2)
    const there = aRoom(1)
    const [ada, bora] = here.people
    const [eve] = there.people
    if (!ada || !bora || !eve) throw new Error('three people')
    const adas = await join(ada, here.roomId)
    const boras = await join(bora, here.roomId)
    await join(eve, there.roomId)
    const { producerId } = await speak(ada, here.roomId)
    const { rtpCapabilities } = adas
    const { roomId } = there
    await expect(stack.api.consume(eve, { roomId, producerId, rtpCapabilities })).rejects.toMatchObject({
      code: 'not_found',
    })
    const dtlsParameters = { role: 'client' as const, fingerprints: [fingerprint] }
    const transportId = adas.sendTransport.transportId
    for (const [who, room] of [
      [eve, there.roomId],
      [bora, here.roomId],
    ] as const)
      await expect(
        stack.api.connectTransport(who, { roomId: room, transportId, dtlsParameters }),
      ).rejects.toMatchObject({ code: 'not_found' })
    await expect(stack.api.restartIce(eve, { roomId: here.roomId, transportId })).rejects.toMatchObject({
      code: 'call_not_found',
    })
    await expect(
      stack.api.setProducer(bora, { roomId: here.roomId, producerId, state: 'closed' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(boras.callId).toBe(adas.callId)
  })

  test('parameters that a worker might die of do not reach it', async () => {
    const { roomId, people } = aRoom(1)
    const [ada] = people
    if (!ada) throw new Error('somebody')
    const { sendTransport } = await join(ada, roomId)
    const pids = stack.media.workerPids()
    const { transportId } = sendTransport
    const connect = (dtlsParameters: object) =>
      stack.api.connectTransport(ada, { roomId, transportId, dtlsParameters } as never)
    for (const bad of [{ fingerprints: [] }, { fingerprints: [{ algorithm: 'sha-256', value: 'x' }] }, {}])
      await expect(connect(bad)).rejects.toMatchObject({ code: 'invalid_request' })
    for (const rtpParameters of [
      { ...opus, encodings: [] },
      { ...opus, codecs: [] },
      { ...opus, extra: 1 },
      { ...opus, codecs: [{ mimeType: 'audio/none', payloadType: 1, clockRate: 1 }] },
      // Lines in the SDP of everybody who receives it.
      { ...opus, rtcp: { cname: 'a\r\nb' } },
      { ...opus, msid: 'a\nb' },
      { ...opus, mid: '0\n' },
      { ...opus, codecs: opus.codecs.map((codec) => ({ ...codec, parameters: { x: 'a\r\nb' } })) },
      { ...opus, codecs: opus.codecs.map((codec) => ({ ...codec, parameters: { x: 'a;b' } })) },
      {
        ...opus,
        codecs: opus.codecs.map((codec) => ({ ...codec, rtcpFeedback: [{ type: 'nack\n' }] })),
      },
    ])
      await expect(
        stack.api.produce(ada, {
          roomId,
          kind: 'audio',
          source: 'microphone',
          rtpParameters,
          isPaused: false,
        } as never),
      ).rejects.toMatchObject({ code: 'invalid_request' })
    expect(stack.media.workerPids()).toEqual(pids)
  })

  test('the same device that joins again takes its own place: no ghost is left', async () => {
    const { roomId, people } = aRoom(2)
    const [ada, bora] = people
    if (!ada || !bora) throw new Error('two people')
    await join(bora, roomId)
    for (let tries = 0; tries < 50; tries += 1) await join(ada, roomId)
    const { call } = await stack.api.getCall(ada, { roomId })
    expect(call?.userIds.toSorted()).toEqual([ada.userId, bora.userId].toSorted())
    const boras = await join(bora, roomId)
    expect(boras.peers).toHaveLength(1)
  })

  test('a full call says so, and has room again when somebody leaves', async () => {
    const { roomId, people } = aRoom(4)
    const [first, second, third, late] = people
    if (!first || !second || !third || !late) throw new Error('four people')
    for (const each of [first, second, third]) await join(each, roomId)
    await expect(join(late, roomId)).rejects.toMatchObject({ code: 'call_full' })
    await stack.api.leaveCall(first, { roomId })
    await stack.api.leaveCall(first, { roomId })
    await join(late, roomId)
  })

  test('the last to leave ends the call', async () => {
    const { roomId, people } = aRoom(1)
    const [ada] = people
    if (!ada) throw new Error('somebody')
    await join(ada, roomId)
    await stack.api.leaveCall(ada, { roomId })
    expect(await stack.api.getCall(ada, { roomId })).toEqual({ roomId })
  })

  test('who is taken out of the room is out of its call within a second', async () => {
    const { roomId, people } = aRoom(2)
    const [ada, bora] = people
    if (!ada || !bora) throw new Error('two people')
    await join(ada, roomId)
    const { peerId } = await join(bora, roomId)
    stack.members.delete(`${roomId} ${bora.userId}`)
    const isOut = () =>
      stack.told.some(
        ({ to, change }) => to === peerId && change.kind === 'out' && change.reason === 'removed',
      )
    await waitUntil(isOut, { timeoutMs: 1_000 })
    const { call } = await stack.api.getCall(ada, { roomId })
    expect(call?.userIds).toEqual([ada.userId])
  })

  test('at a gateway’s word a stranger is out at once with all devices, a member stays', async () => {
    const slow = await startMedia(workerBin ?? '', { MEDIA_CHECK_INTERVAL_MS: '60000', MEDIA_WORKERS: '1' })
    try {
      const { roomId, people } = aRoom(2)
      const [ada, bora] = people
      if (!ada || !bora) throw new Error('two people')
      for (const member of stack.members) slow.members.add(member)
      const phone = { ...bora, sessionId: randomUUID() }
      for (const each of [ada, bora, phone]) await slow.api.joinCall(each, { roomId, isVideo: true })
      const asGateway = ({ userId }: { userId: string }) => ({ traceId: 't', userId })
      const inside = async () => (await slow.api.getCall(ada, { roomId })).call?.userIds.toSorted()
      for (const each of people) await slow.api.recheckMember(asGateway(each), { roomId })
      expect(await inside()).toEqual([ada.userId, bora.userId].toSorted())
      slow.members.delete(`${roomId} ${bora.userId}`)
      for (const each of [bora, bora, ada]) await slow.api.recheckMember(asGateway(each), { roomId })
      expect(await inside()).toEqual([ada.userId])
      // Those of ada alone: one to send, one to receive.
      expect((await slow.media.countOpen()).transports).toBe(2)
      expect(slow.told.filter(({ change }) => change.kind === 'out')).toHaveLength(2)
    } finally {
      await slow.close()
    }
  })

  test('who is taken out of the room while joining does not get in', async () => {
    const slow = await startMedia(workerBin ?? '', { MEDIA_CHECK_INTERVAL_MS: '60000', MEDIA_WORKERS: '1' })
    try {
      const { roomId, people } = aRoom(2)
      const [ada, bora] = people
      if (!ada || !bora) throw new Error('two people')
      for (const member of stack.members) slow.members.add(member)
      await slow.api.joinCall(ada, { roomId, isVideo: true })
      const refused = slow.api.joinCall(bora, { roomId, isVideo: true }).catch(({ code }: AppError) => code)
      // Its membership has been looked at; the transports are being made.
      await new Promise((resolve) => setImmediate(resolve))
      slow.members.delete(`${roomId} ${bora.userId}`)
      await slow.api.recheckMember({ traceId: 't', userId: bora.userId }, { roomId })
      expect(await refused).toBe('room_not_found')
      expect((await slow.api.getCall(ada, { roomId })).call?.userIds).toEqual([ada.userId])
      expect((await slow.media.countOpen()).transports).toBe(2)
    } finally {
      await slow.close()
    }
  })

  test('after a worker was killed its call is joined again under the next epoch; the other call stays', async () => {
    const one = aRoom(1)
    const other = aRoom(1)
    const [ada] = one.people
    const [bora] = other.people
    if (!ada || !bora) throw new Error('two people')
    // Those of earlier tests decide where these go: they take a worker each once nothing else runs.
    const calm = await startMedia(workerBin ?? '')
    try {
      for (const member of stack.members) calm.members.add(member)
      const before = await calm.api.joinCall(ada, { roomId: one.roomId, isVideo: true })
      const untouched = await calm.api.joinCall(bora, { roomId: other.roomId, isVideo: true })
      const [killed] = calm.media.workerPids()
      if (killed === undefined) throw new Error('a worker')
      process.kill(killed, 'SIGKILL')
      const isLost = () =>
        calm.told.some(
          ({ to, change }) => to === before.peerId && change.kind === 'out' && change.reason === 'lost',
        )
      await waitUntil(isLost, { timeoutMs: 5_000 })
      const after = await calm.api.joinCall(ada, { roomId: one.roomId, isVideo: true })
      expect(after.epoch).toBe(before.epoch + 1)
      const { peerId } = untouched
      await calm.api.keepCall(bora, { roomId: other.roomId, peerId })
      await waitUntil(() => calm.media.workerPids().length === 2, { timeoutMs: 5_000 })
      expect(calm.media.workerPids()).not.toContain(killed)
    } finally {
      await calm.close()
    }
  })

  test('while every worker is being started anew a join is told to try again', async () => {
    // One: of two the first may be back before the other is missed.
    const shaken = await startMedia(workerBin ?? '', { MEDIA_WORKERS: '1' })
    try {
      const { roomId, people } = aRoom(1)
      const [ada] = people
      if (!ada) throw new Error('somebody')
      for (const member of stack.members) shaken.members.add(member)
      for (const pid of shaken.media.workerPids()) process.kill(pid, 'SIGKILL')
      await waitUntil(() => shaken.media.workerPids().length === 0)
      const again = shaken.api.joinCall(ada, { roomId, isVideo: true })
      await expect(again).rejects.toMatchObject({ code: 'unavailable' })
      await waitUntil(async () => await shaken.api.joinCall(ada, { roomId, isVideo: true }))
    } finally {
      await shaken.close()
    }
  })

  test('a device that falls silent has left', async () => {
    const hasty = await startMedia(workerBin ?? '', { MEDIA_SILENCE_MS: '200', MEDIA_WORKERS: '1' })
    try {
      const { roomId, people } = aRoom(1)
      const [ada] = people
      if (!ada) throw new Error('somebody')
      for (const member of stack.members) hasty.members.add(member)
      await hasty.api.joinCall(ada, { roomId, isVideo: false })
      await waitUntil(async () => (await hasty.api.getCall(ada, { roomId })).call === undefined, {
        timeoutMs: 2_000,
      })
    } finally {
      await hasty.close()
    }
  })

  test('without a worker calls say what is missing', async () => {
    const lame = await startMedia('/nowhere/mediasoup-worker')
    try {
      const { roomId, people } = aRoom(1)
      const [ada] = people
      if (!ada) throw new Error('somebody')
      for (const member of stack.members) lame.members.add(member)
      await expect(lame.api.joinCall(ada, { roomId, isVideo: false })).rejects.toMatchObject({
        code: 'calls_unavailable',
      })
    } finally {
      await lame.close()
    }
  })
})
