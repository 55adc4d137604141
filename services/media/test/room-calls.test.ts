import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { CallChanged } from '@our-now/contracts/media.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import type { AppError } from '@our-now/platform/errors/app-error.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMedia, type MediaStack } from './support/media-stack.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: calls of rooms: no media worker on this machine')

type Device = Required<Pick<CallContext, 'traceId' | 'userId' | 'sessionId'>>
const aDevice = (userId: string = randomUUID()): Device => ({ traceId: 't', userId, sessionId: randomUUID() })

describe.skipIf(workerBin === undefined)('calls of rooms', () => {
  let stack: MediaStack
  beforeAll(async () => {
    stack = await startMedia(workerBin ?? '', { MEDIA_RING_MS: '700', MEDIA_REJOIN_MS: '500' })
  })
  afterAll(() => stack.close())

  const aGroup = (devices: readonly Device[], to = stack): string => {
    const roomId = randomUUID()
    for (const { userId } of devices) to.members.add(`${roomId} ${userId}`)
    return roomId
  }
  /** A 1:1 room as it is to `caller`. */
  const aDirectRoom = (caller: Device, other: Device, blocks = {}): string => {
    const roomId = aGroup([caller, other])
    stack.callRooms.set(roomId, {
      kind: 'direct',
      role: 'member',
      other: { userId: other.userId, isBlocked: false, isBlocking: false, ...blocks },
    })
    return roomId
  }
  const join = (device: Device, roomId: string) => stack.api.joinCall(device, { roomId, isVideo: false })
  const leave = (device: Device, roomId: string) => stack.api.leaveCall(device, { roomId })
  /** 1:1 rooms have a line when the call is over. */
  const linesOf = (roomId: string) =>
    stack.recorded.filter(
      (line) => line.roomId === roomId && (line.end !== undefined || !stack.callRooms.has(roomId)),
    )
  const heardBy = (userId: string) => stack.pushed.filter(({ channel }) => channel === `user:${userId}`)
  /** A group as it is to its owner; to the others the stand-in for chat answers by the caller. */
  const aHostedRoom = (host: Device, others: readonly Device[]): string => {
    const roomId = aGroup([host, ...others])
    stack.owners.set(roomId, host.userId)
    return roomId
  }
  const speech = {
    kind: 'audio' as const,
    source: 'microphone' as const,
    rtpParameters: {
      codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
      encodings: [{ ssrc: 2_222 }],
      rtcp: { cname: 'b' },
    },
    isPaused: false,
  }
  const kindsTold = (peerId: string): string[] =>
    stack.told.filter(({ to }) => to === peerId).map(({ change }) => change.kind)
  const outReason = (peerId: string) =>
    stack.told
      .filter(({ to }) => to === peerId)
      .flatMap(({ change }) => (change.kind === 'out' ? [change.reason] : []))[0]

  test('a 1:1 call rings the other until it is answered, and its line says how long they talked', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    await join(ada, roomId)
    const { call } = await stack.api.getCall(ben, { roomId })
    expect(call).toMatchObject({ startedBy: ada.userId, ring: { userId: ben.userId } })
    await join(ben, roomId)
    /** True because only such pushes go to people about this room. */
    const last = heardBy(ben.userId).at(-1)?.payload as CallChanged
    expect(last.call?.userIds.toSorted()).toEqual([ada.userId, ben.userId].toSorted())
    expect(last.call?.ring).toBeUndefined()
    await leave(ada, roomId)
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)).toMatchObject([{ startedBy: ada.userId, end: { outcome: 'answered' } }])
  })

  test('a 1:1 call ends for both when one leaves with their last device, a group call does not', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const phone = { ...ben, sessionId: randomUUID() }
    const roomId = aDirectRoom(ada, ben)
    const { peerId } = await join(ada, roomId)
    for (const each of [ben, phone]) await join(each, roomId)
    await leave(phone, roomId)
    expect(outReason(peerId)).toBeUndefined()
    await leave(ben, roomId)
    expect(outReason(peerId)).toBe('ended')
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(await stack.api.getCall(ada, { roomId })).toEqual({ roomId })

    const group = aGroup([ada, ben])
    const place = await join(ada, group)
    await join(ben, group)
    await leave(ben, group)
    expect(outReason(place.peerId)).toBeUndefined()
    expect((await stack.api.getCall(ben, { roomId: group })).call?.userIds).toEqual([ada.userId])
    await leave(ada, group)
  })

  test('a device that missed the end of a 1:1 call does not ring the other anew', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    const { callId: againCallId } = await join(ada, roomId)
    const again = () => stack.api.joinCall(ada, { roomId, isVideo: false, againCallId })
    await join(ben, roomId)
    expect((await again()).callId).toBe(againCallId)
    await leave(ben, roomId)
    await expect(again()).rejects.toMatchObject({ code: 'call_ended' })
    await join(ben, roomId)
    await expect(again()).rejects.toMatchObject({ code: 'call_ended' })
    await leave(ben, roomId)
  })

  test('a device that slept through the end of a group call does not begin one on waking', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aGroup([ada, ben])
    const { callId: againCallId } = await join(ada, roomId)
    await leave(ada, roomId)
    const again = () => stack.api.joinCall(ada, { roomId, isVideo: false, againCallId })
    await expect(again()).rejects.toMatchObject({ code: 'call_ended' })
    // Nor does it come into another one, microphone and all.
    await join(ben, roomId)
    await expect(again()).rejects.toMatchObject({ code: 'call_ended' })
    await leave(ben, roomId)
  })

  test('a 1:1 call to which one of the two does not come back is over', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    const { callId: againCallId } = await join(ada, roomId)
    await join(ben, roomId)
    for (const pid of stack.media.workerPids()) process.kill(pid, 'SIGKILL')
    let peerId = ''
    await waitUntil(
      async () => {
        try {
          peerId = (await stack.api.joinCall(ada, { roomId, isVideo: false, againCallId })).peerId
          return true
        } catch {
          return false
        }
      },
      { timeoutMs: 5_000 },
    )
    await waitUntil(() => outReason(peerId) === 'ended', { timeoutMs: 5_000 })
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)).toMatchObject([{ callId: againCallId, end: { outcome: 'answered' } }])
  })

  test('nobody answers: the caller is out and the call is missed', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    const { peerId } = await join(ada, roomId)
    await waitUntil(() => outReason(peerId) === 'unanswered', { timeoutMs: 3_000 })
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)[0]?.end).toEqual({ outcome: 'missed', durationMs: 0 })
    expect(heardBy(ben.userId).at(-1)?.payload).toEqual({ roomId })
  })

  test('the other declines: the caller hears it, and only who is rung can decline', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    const { peerId } = await join(ada, roomId)
    await stack.api.declineCall(ada, { roomId })
    expect(outReason(peerId)).toBeUndefined()
    await expect(stack.api.declineCall(aDevice(), { roomId })).rejects.toMatchObject({
      code: 'room_not_found',
    })
    await stack.api.declineCall(ben, { roomId })
    await stack.api.declineCall(ben, { roomId })
    expect(outReason(peerId)).toBe('declined')
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)[0]?.end?.outcome).toBe('declined')
  })

  test('who hangs up before it is answered leaves a missed call', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    await join(ada, roomId)
    await leave(ada, roomId)
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)[0]?.end?.outcome).toBe('missed')
  })

  test('somebody in another call is busy: it does not ring, and a quiet notice and a missed line are left', async () => {
    const [ada, ben, cleo] = [aDevice(), aDevice(), aDevice()]
    const elsewhere = aGroup([ben, cleo])
    await join(ben, elsewhere)
    const roomId = aDirectRoom(ada, ben)
    await expect(join(ada, roomId)).rejects.toMatchObject({ code: 'callee_busy' })
    expect(heardBy(ben.userId)).toEqual([
      {
        channel: `user:${ben.userId}`,
        name: 'call:knocked',
        payload: { roomId, userId: ada.userId, isVideo: false },
      },
    ])
    await waitUntil(() => linesOf(roomId).length === 1)
    expect(linesOf(roomId)[0]?.end?.outcome).toBe('missed')
    await leave(ben, elsewhere)
    await waitUntil(async () => (await join(ada, roomId)).callId !== undefined)
    await leave(ada, roomId)
  })

  test('who is blocked rings nobody and does not find out; who blocks is told so', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben, { isBlocking: true })
    const { peerId } = await join(ada, roomId)
    expect((await stack.api.getCall(ada, { roomId })).call?.ring).toBeDefined()
    expect(heardBy(ben.userId)).toEqual([])
    expect(await stack.api.getCall(ben, { roomId })).toEqual({ roomId })
    expect(await stack.api.listCalls(ben, { roomIds: [roomId] })).toEqual({ calls: [] })
    await waitUntil(() => outReason(peerId) === 'unanswered', { timeoutMs: 3_000 })
    const other = aDirectRoom(ada, ben, { isBlocked: true })
    await expect(join(ada, other)).rejects.toMatchObject({ code: 'blocked' })
  })

  test('a group call does not ring; its room is told when it begins and ends', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aGroup([ada, ben])
    await join(ada, roomId)
    expect((await stack.api.getCall(ben, { roomId })).call?.ring).toBeUndefined()
    await leave(ada, roomId)
    await waitUntil(() => linesOf(roomId).length === 2)
    expect(linesOf(roomId).map(({ end }) => end !== undefined)).toEqual([false, true])
    expect(stack.pushed.findLast(({ channel }) => channel === `room:${roomId}`)?.payload).toEqual({ roomId })
  })

  test('the calls of many rooms are listed in one go, those of foreign rooms not at all', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const [here, there, foreign] = [aGroup([ada, ben]), aGroup([ada, ben]), aGroup([ben])]
    for (const roomId of [here, foreign]) await join(ben, roomId)
    const { calls } = await stack.api.listCalls(ada, { roomIds: [here, there, foreign] })
    expect(calls).toMatchObject([{ roomId: here, call: { userIds: [ben.userId] } }])
    for (const roomId of [here, foreign]) await leave(ben, roomId)
  })

  test('the host mutes somebody, who may unmute, and asks all to; a member may not', async () => {
    const [host, ben, cleo] = [aDevice(), aDevice(), aDevice()]
    const roomId = aHostedRoom(host, [ben, cleo])
    for (const each of [host, ben, cleo]) await join(each, roomId)
    const { peerId } = await join(ben, roomId)
    const { producerId } = await stack.api.produce(ben, { roomId, ...speech })
    const isHeardMuted = async () => (await stack.api.keepCall(cleo, { roomId, peerId: cleos })).peers
    const cleos = (await join(cleo, roomId)).peerId
    await expect(stack.api.mutePeer(cleo, { roomId, peerId })).rejects.toMatchObject({ code: 'forbidden' })
    await stack.api.mutePeer(host, { roomId, peerId })
    expect(kindsTold(peerId)).toContain('muted')
    expect((await isHeardMuted()).find((peer) => peer.peerId === peerId)?.producers).toMatchObject([
      { isPaused: true },
    ])
    // For a device that missed the push.
    expect((await stack.api.keepCall(ben, { roomId, peerId })).isMuted).toBe(true)
    await stack.api.setProducer(ben, { roomId, producerId, state: 'on' })
    expect((await stack.api.keepCall(ben, { roomId, peerId })).isMuted).toBe(false)
    expect((await isHeardMuted()).find((peer) => peer.peerId === peerId)?.producers).toMatchObject([
      { isPaused: false },
    ])
    await stack.api.askAllToMute(host, { roomId })
    expect([kindsTold(peerId), kindsTold(cleos)].map((kinds) => kinds.includes('mute-asked'))).toEqual([
      true,
      true,
    ])
    await expect(stack.api.mutePeer(host, { roomId, peerId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
    for (const each of [host, ben, cleo]) await leave(each, roomId)
  })

  test('whom the host takes out while they join does not get in', async () => {
    const [host, ben] = [aDevice(), aDevice()]
    const roomId = aHostedRoom(host, [ben])
    await join(host, roomId)
    const refused = join(ben, roomId).catch(({ code }: AppError) => code)
    await new Promise((resolve) => setImmediate(resolve))
    await stack.api.letIntoCall(host, { roomId, userId: ben.userId, isAllowed: false })
    expect(await refused).toBe('call_removed')
    expect((await stack.api.getCall(host, { roomId })).call?.userIds).toEqual([host.userId])
    await leave(host, roomId)
  })

  test('whom the host takes out does not come back into this call unless let in; into the next one they do', async () => {
    const [host, ben] = [aDevice(), aDevice()]
    const phone = { ...ben, sessionId: randomUUID() }
    const roomId = aHostedRoom(host, [ben])
    await join(host, roomId)
    const places = [await join(ben, roomId), await join(phone, roomId)]
    await stack.api.letIntoCall(host, { roomId, userId: ben.userId, isAllowed: false })
    expect(places.map(({ peerId }) => outReason(peerId))).toEqual(['removed-by-host', 'removed-by-host'])
    await expect(join(phone, roomId)).rejects.toMatchObject({ code: 'call_removed' })
    expect(await stack.api.listLockedOut(host, { roomId })).toEqual({ userIds: [ben.userId] })
    await stack.api.letIntoCall(host, { roomId, userId: ben.userId, isAllowed: true })
    await join(ben, roomId)
    await stack.api.letIntoCall(host, { roomId, userId: ben.userId, isAllowed: false })
    await leave(host, roomId)
    await join(ben, roomId)
    await leave(ben, roomId)
  })

  test('in a 1:1 room nobody is host', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const roomId = aDirectRoom(ada, ben)
    await join(ada, roomId)
    const remove = stack.api.letIntoCall(ada, { roomId, userId: ben.userId, isAllowed: false })
    await expect(remove).rejects.toMatchObject({ code: 'forbidden' })
    await leave(ada, roomId)
  })

  test('while chat is away a line waits, and is written once when chat is back', async () => {
    const ada = aDevice()
    const roomId = aGroup([ada])
    stack.failChat(3)
    await join(ada, roomId)
    await leave(ada, roomId)
    await waitUntil(() => linesOf(roomId).length === 2, { timeoutMs: 5_000 })
    expect(new Set(linesOf(roomId).map(({ callId }) => callId)).size).toBe(1)
  })

  test('after a worker was killed it is the same call: no second beginning is written', async () => {
    const ada = aDevice()
    const calm = await startMedia(workerBin ?? '')
    try {
      const roomId = aGroup([ada], calm)
      const before = await calm.api.joinCall(ada, { roomId, isVideo: true })
      for (const pid of calm.media.workerPids()) process.kill(pid, 'SIGKILL')
      await waitUntil(() => calm.told.some(({ change }) => change.kind === 'out'), { timeoutMs: 5_000 })
      await waitUntil(
        async () => {
          try {
            const after = await calm.api.joinCall(ada, { roomId, isVideo: true })
            return after.callId === before.callId && after.startedAt === before.startedAt
          } catch {
            return false
          }
        },
        { timeoutMs: 5_000 },
      )
      await calm.api.leaveCall(ada, { roomId })
      await waitUntil(() => calm.recorded.length === 2)
      expect(calm.recorded.map(({ callId }) => callId)).toEqual([before.callId, before.callId])
    } finally {
      await calm.close()
    }
  })

  test('a node that stops leaves its calls to the others: one goes on there, one that nobody joins is ended', async () => {
    const [ada, ben] = [aDevice(), aDevice()]
    const log = createTestLog()
    const leases = await openLeaseStore('memory:', { clock, log })
    const settings = { MEDIA_WORKERS: '1', MEDIA_REJOIN_MS: '1000' }
    const first = await startMedia(workerBin ?? '', settings, leases)
    const second = await startMedia(workerBin ?? '', settings, leases)
    try {
      const [goesOn, isOver] = [aGroup([ada], first), aGroup([ben], first)]
      for (const member of first.members) second.members.add(member)
      const before = await first.api.joinCall(ada, { roomId: goesOn, isVideo: true })
      await first.api.joinCall(ben, { roomId: isOver, isVideo: true })
      await first.close()
      const after = await second.api.joinCall(ada, { roomId: goesOn, isVideo: true })
      expect(after.callId).toBe(before.callId)
      await waitUntil(() => second.recorded.length > 0, { timeoutMs: 5_000 })
      expect(second.recorded).toMatchObject([{ roomId: isOver, end: { outcome: 'answered' } }])
    } finally {
      await second.close()
      await leases.close()
    }
  })

  describe('everything but chat was gone for a moment', () => {
    const settings = { MEDIA_WORKERS: '1', MEDIA_REJOIN_MS: '1500', MEDIA_RING_MS: '20000' }
    /** All that is left of a process that was killed: what chat knows. */
    const restart = async (before: MediaStack): Promise<MediaStack> => {
      const left = new Map(before.running)
      await before.close()
      const after = await startMedia(workerBin ?? '', settings, undefined, { running: left })
      for (const member of before.members) after.members.add(member)
      for (const [roomId, room] of before.callRooms) after.callRooms.set(roomId, room)
      return after
    }

    test('calls go on under their ids when somebody comes back, and the rest are ended once', async () => {
      const [ada, ben, cleo] = [aDevice(), aDevice(), aDevice()]
      const first = await startMedia(workerBin ?? '', settings)
      const [goesOn, isOver] = [aGroup([ada], first), aGroup([cleo], first)]
      const pair = aGroup([ada, ben], first)
      first.callRooms.set(pair, {
        kind: 'direct',
        role: 'member',
        other: { userId: ben.userId, isBlocked: false, isBlocking: false },
      })
      const join = (stackNow: MediaStack, device: Device, roomId: string, againCallId?: string) =>
        stackNow.api.joinCall(device, { roomId, isVideo: false, ...(againCallId && { againCallId }) })
      const group = await join(first, ada, goesOn)
      await join(first, cleo, isOver)
      const talk = await join(first, ada, pair)
      await join(first, ben, pair)
      await waitUntil(() => first.running.get(talk.callId)?.answeredAt !== undefined)

      const second = await restart(first)
      try {
        expect((await join(second, ada, goesOn)).callId).toBe(group.callId)
        const again = await join(second, ada, pair, talk.callId)
        expect(again.callId).toBe(talk.callId)
        expect((await second.api.getCall(ada, { roomId: pair })).call?.ring).toBeUndefined()
        await second.api.leaveCall(ada, { roomId: pair })
        await waitUntil(() => second.recorded.length === 2, { timeoutMs: 8_000 })
        expect(second.recorded.map(({ roomId }) => roomId).toSorted()).toEqual([isOver, pair].toSorted())
        for (const { end } of second.recorded) expect(end?.outcome).toBe('answered')
        expect([...second.running.keys()]).toEqual([group.callId])
      } finally {
        await second.close()
      }
    })

    test('a ring that was cut is a missed call', async () => {
      const [ada, ben] = [aDevice(), aDevice()]
      const first = await startMedia(workerBin ?? '', settings)
      const pair = aGroup([ada, ben], first)
      first.callRooms.set(pair, {
        kind: 'direct',
        role: 'member',
        other: { userId: ben.userId, isBlocked: false, isBlocking: false },
      })
      await first.api.joinCall(ada, { roomId: pair, isVideo: false })
      await waitUntil(() => first.running.size === 1)
      const second = await restart(first)
      try {
        await waitUntil(() => second.recorded.length === 1, { timeoutMs: 8_000 })
        expect(second.recorded).toMatchObject([{ roomId: pair, end: { outcome: 'missed', durationMs: 0 } }])
        expect(second.running.size).toBe(0)
      } finally {
        await second.close()
      }
    })
  })
})
