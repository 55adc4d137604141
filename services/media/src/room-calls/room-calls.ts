import type { ChatApi } from '@our-now/contracts/chat.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Call } from '../calls/call.ts'
import type { Calls } from '../calls/calls.ts'
import { createBeginCall, type BeginCall } from './begin-call.ts'
import { endOf, toSummary, type CallRecord } from './call-record.ts'
import { createChatsMemory } from './chats-memory.ts'
import { createInCalls, type Place } from './in-calls.ts'
import { createRecordStore, type RecordStore } from './record-store.ts'
import { createTellChat } from './tell-chat.ts'

export interface RoomCallsDeps {
  readonly chat: Pick<ChatApi, 'getCallRoom' | 'recordCall' | 'keepCalls' | 'listLostCalls'>
  readonly hub: SocketHub
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly log: Logger
  /** How long a 1:1 call rings. */
  readonly ringMs: number
  /** How long a call that lost its worker or node waits for those in it, before it counts as ended. */
  readonly rejoinMs: number
}

/** How calls live in their rooms: who is rung, what the room is told, which lines are written. */
export interface RoomCalls {
  readonly records: RecordStore
  readonly begin: BeginCall
  /** Who is in it changed. */
  noteChanged(call: Call): void
  /** Its last device left, or (`isLost`) it lost its worker and waits for those in it. */
  noteEnded(call: Call, how: { readonly isLost: boolean }): void
  /** Another node carries it now, and says how it is. */
  noteGivenUp(call: Call): void
  decline(call: Call): void
  /** Whom the host took out does not come back into this call, unless let in again. */
  setLockedOut(call: Call, userId: string, isLockedOut: boolean): Promise<void>
  /** @throws {AppError} call_removed */
  requireAllowed(roomId: string, userId: string): Promise<void>
  start(calls: Calls): void
  stop(): Promise<void>
}

/** How often it is said that calls go on, and looked for those that nobody carries; in ms. */
const keepMs = 8_000
/** People that one call remembers as taken out; who was first is forgotten first. */
const mostLockedOut = 200

export function createRoomCalls(deps: RoomCallsDeps): RoomCalls {
  const { chat, hub, leaseStore, clock, log, rejoinMs } = deps
  const stopping = new AbortController()
  const records = createRecordStore(leaseStore)
  const inCalls = createInCalls(leaseStore)
  const chatsMemory = createChatsMemory(chat)
  const tellChat = createTellChat({ chat, log, signal: stopping.signal })
  const rings = new Map<string, NodeJS.Timeout>()
  const places = new Map<string, Map<string, Place>>()
  const closing = new Set<string>()
  const working = new Set<Promise<unknown>>()
  let calls: Calls | undefined
  let timer: NodeJS.Timeout | undefined

  /** Awaited by `stop`; what fails is repaired by the next round. */
  function run(work: Promise<unknown>): void {
    const guarded = work.catch((error: unknown) =>
      log.warn({ err: error }, 'the state of a call was not kept'),
    )
    working.add(guarded)
    void guarded.finally(() => working.delete(guarded))
  }
  const isFresh = (seenAtMs: number): boolean => clock.now() - seenAtMs < rejoinMs

  function announce(record: CallRecord): void {
    const { roomId, isDirect, startedBy, otherId, isHidden } = record
    const changed = record.end === undefined ? { roomId, call: toSummary(record) } : { roomId }
    if (!isDirect) return hub.publish(channels.room(roomId), 'call:changed', changed)
    // Not every member of a 1:1 room follows it: it may be in nobody's list yet.
    for (const userId of [startedBy, ...(otherId === undefined || isHidden ? [] : [otherId])])
      hub.publish(channels.user(userId), 'call:changed', changed)
  }

  /** Keeps the record until its line is written; whoever finds it later writes the same line. */
  async function close(record: CallRecord): Promise<void> {
    if (closing.has(record.callId)) return
    closing.add(record.callId)
    try {
      await records.save([record])
      if (await tellChat(record)) await records.drop(record)
    } finally {
      closing.delete(record.callId)
    }
  }

  const begin = createBeginCall({
    ...deps,
    records,
    inCalls,
    isFresh,
    onBegun: (record) => run(tellChat(record)),
    onRefused: (record) => run(close(record)),
  })

  function ring(call: Call): void {
    const { record } = call
    if (record.ringEndsAtMs === undefined || rings.has(record.callId)) return
    const leftMs = Math.max(0, record.ringEndsAtMs - clock.now())
    rings.set(
      record.callId,
      setTimeout(() => takeAllOut(call, 'unanswered'), leftMs),
    )
  }
  function stopRinging({ callId }: CallRecord): void {
    clearTimeout(rings.get(callId))
    rings.delete(callId)
  }
  function takeAllOut(call: Call, reason: 'declined' | 'unanswered' | 'ended'): void {
    for (const peer of call.peers.values()) calls?.remove(call, peer, reason)
  }

  function notePlaces({ record, peers }: Call): void {
    const before = places.get(record.callId) ?? new Map<string, Place>()
    const now = new Map(
      [...peers.values()].map(({ userId, sessionId }) => [
        sessionId,
        { roomId: record.roomId, userId, sessionId },
      ]),
    )
    if (now.size === 0) places.delete(record.callId)
    else places.set(record.callId, now)
    run(inCalls.hold([...now.values()].filter(({ sessionId }) => !before.has(sessionId))))
    for (const [sessionId, place] of before) if (!now.has(sessionId)) run(inCalls.release(place))
  }
  function noteWho({ record, peers }: Call): void {
    record.userIds = [...new Set([...peers.values()].map(({ userId }) => userId))]
    record.seenAtMs = clock.now()
    const isAlone = record.isDirect && record.answeredAtMs !== undefined && record.userIds.length < 2
    if (isAlone) record.aloneSinceMs ??= record.seenAtMs
    else delete record.aloneSinceMs
  }
  /** Both lost a 1:1 call, and one of them does not come back. */
  function endAbandoned(): void {
    const beforeMs = clock.now() - rejoinMs
    for (const call of calls?.all() ?? [])
      if ((call.record.aloneSinceMs ?? Infinity) < beforeMs) takeAllOut(call, 'ended')
  }

  /** Says that this node's calls go on, and writes the lines of those that nobody carries any more. */
  async function keep(): Promise<void> {
    endAbandoned()
    const mine = (calls?.all() ?? []).map(({ record }) => record)
    for (const record of mine) record.seenAtMs = clock.now()
    if (mine.length > 0) {
      run(chatsMemory.keep(mine, clock.now()))
      await records.save(mine)
    }
    await inCalls.hold([...places.values()].flatMap((held) => [...held.values()]))
    await endLeft(new Set(mine.map(({ callId }) => callId)))
  }
  async function endLeft(carried: ReadonlySet<string>): Promise<void> {
    // First: what has a record by now was not lost.
    const lost = await chatsMemory.listLost(clock.now() - rejoinMs).catch((error: unknown) => {
      log.warn({ err: error }, 'chat could not be asked for lost calls')
      return []
    })
    const recorded = await records.listAll()
    const known = new Set(recorded.map(({ callId }) => callId))
    const all = [...recorded, ...lost.filter(({ callId }) => !known.has(callId))]
    for (const record of all) {
      if (carried.has(record.callId) || isFresh(record.seenAtMs)) continue
      const isNew = record.end === undefined
      record.end ??= endOf(record, record.seenAtMs)
      if (isNew) announce(record)
      run(close(record))
    }
  }
  function schedule(): void {
    if (stopping.signal.aborted) return
    timer = setTimeout(
      () => {
        run(keep().finally(schedule))
      },
      Math.min(keepMs, rejoinMs),
    )
  }

  return {
    records,
    begin,
    noteChanged: (call) => {
      const { record } = call
      noteWho(call)
      if (record.userIds.length > 1 && record.answeredAtMs === undefined) {
        record.answeredAtMs = clock.now()
        delete record.ringEndsAtMs
        record.isHidden = false
        stopRinging(record)
        run(chatsMemory.keep([record], clock.now()))
      }
      ring(call)
      notePlaces(call)
      run(records.save([record]))
      announce(record)
    },
    noteEnded: (call, { isLost }) => {
      const { record } = call
      noteWho(call)
      stopRinging(record)
      notePlaces(call)
      if (isLost)
        return run(Promise.all([records.save([record]), chatsMemory.keep([record], record.seenAtMs)]))
      record.end = endOf(record, record.seenAtMs)
      announce(record)
      run(close(record))
    },
    noteGivenUp: ({ record }) => {
      stopRinging(record)
      places.delete(record.callId)
    },
    decline: (call) => {
      if (call.record.ringEndsAtMs === undefined) return
      call.record.isDeclined = true
      takeAllOut(call, 'declined')
    },
    setLockedOut: async ({ record }, userId, isLockedOut) => {
      const others = (record.lockedOutIds ?? []).filter((id) => id !== userId)
      record.lockedOutIds = isLockedOut ? [...others, userId].slice(-mostLockedOut) : others
      await records.save([record])
    },
    requireAllowed: async (roomId, userId) => {
      const [running] = await records.findRunning([roomId])
      if (running?.lockedOutIds?.includes(userId)) throw new AppError('call_removed')
    },
    start: (started) => {
      calls = started
      schedule()
    },
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      for (const each of rings.values()) clearTimeout(each)
      await Promise.all(working)
    },
  }
}
