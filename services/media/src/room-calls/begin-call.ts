import type { ChatApi } from '@our-now/contracts/chat.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { randomUUID } from 'node:crypto'
import { endOf, isOver, type CallRecord } from './call-record.ts'
import { toRecord } from './chats-memory.ts'
import type { InCalls } from './in-calls.ts'
import { findNewest, type RecordStore } from './record-store.ts'

/** Who starts a call, and as what. */
export interface CallStart {
  readonly userId: string
  readonly isVideo: boolean
  /** Of a device that was in a call and lost it. */
  readonly againCallId?: string | undefined
}

export interface BeginCallDeps {
  readonly chat: Pick<ChatApi, 'getCallRoom'>
  readonly hub: SocketHub
  readonly records: RecordStore
  readonly inCalls: InCalls
  readonly clock: Clock
  readonly ringMs: number
  /** A call that was last heard of then still waits for those in it. */
  readonly isFresh: (seenAtMs: number) => boolean
  /** A new call, to be told to chat. */
  readonly onBegun: (record: CallRecord) => void
  /** A call that was over before it began: its line is to be written. */
  readonly onRefused: (record: CallRecord) => void
}

type CallRoom = Awaited<ReturnType<ChatApi['getCallRoom']>>

/**
 * A call of the room is to be carried by this node: one that was lost a moment ago goes on, else a new one begins.
 *
 * @throws {AppError} callee_busy; blocked; room_not_found; call_ended when `start` is only for a call that is over.
 */
export type BeginCall = (roomId: string, start: CallStart) => Promise<CallRecord>

export function createBeginCall(deps: BeginCallDeps): BeginCall {
  const { chat, hub, records, inCalls, clock, ringMs, isFresh, onBegun, onRefused } = deps

  /** What chat remembers of a call that is in no record: everything but chat was gone. */
  function recall({ userId }: CallStart, { other, running }: CallRoom): CallRecord | undefined {
    if (running === undefined || !isFresh(running.seenAt)) return undefined
    if (other === undefined) return toRecord(running, {})
    const isCaller = running.startedBy === userId
    return toRecord(running, {
      otherId: isCaller ? other.userId : userId,
      isHidden: isCaller && other.isBlocking,
      ringEndsAtMs: running.startedAt + ringMs,
    })
  }

  async function beginAnew(
    roomId: string,
    { userId, isVideo }: CallStart,
    { kind, other }: CallRoom,
  ): Promise<CallRecord> {
    const now = clock.now()
    const record: CallRecord = {
      callId: randomUUID(),
      roomId,
      startedAtMs: now,
      startedBy: userId,
      isVideo,
      isDirect: kind === 'direct',
      userIds: [],
      seenAtMs: now,
      ...(other && { otherId: other.userId, isHidden: other.isBlocking, ringEndsAtMs: now + ringMs }),
    }
    if (other && !other.isBlocking && (await inCalls.isElsewhere(other.userId, roomId))) {
      hub.publish(channels.user(other.userId), 'call:knocked', { roomId, userId, isVideo })
      onRefused({ ...record, end: endOf(record, now) })
      throw new AppError('callee_busy')
    }
    await records.save([record])
    onBegun(record)
    return record
  }

  return async (roomId, start) => {
    const { userId, againCallId } = start
    // Before chat is asked: a call that has ended has a record until chat has forgotten it, and not the other way round.
    const known = await records.listOf(roomId)
    const running = findNewest(known)
    if (running !== undefined && isFresh(running.seenAtMs)) return requireSame(running, againCallId)
    const room = await chat.getCallRoom({ traceId: createTraceId(), userId }, { roomId })
    if (room.other?.isBlocked) throw new AppError('blocked')
    const recalled = recall(start, room)
    if (recalled !== undefined && !known.some(({ callId }) => callId === recalled.callId)) {
      requireSame(recalled, againCallId)
      await records.save([recalled])
      return recalled
    }
    // Who slept through its end does not call everybody anew on waking.
    if (againCallId !== undefined) throw new AppError('call_ended')
    return beginAnew(roomId, start, room)
  }
}

function requireSame(record: CallRecord, againCallId: string | undefined): CallRecord {
  if (isOver(record, againCallId)) throw new AppError('call_ended')
  return record
}
