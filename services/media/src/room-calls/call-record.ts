import type { CallSummary } from '@our-now/contracts/media.ts'
import type { CallLine } from '@our-now/contracts/rooms.ts'

/**
 * What is remembered of a call beside its media: it outlives the worker and the node that carry it, so that those who
 * join again are in the same call, and its line is written once.
 */
export interface CallRecord {
  readonly callId: string
  readonly roomId: string
  readonly startedAtMs: number
  readonly startedBy: string
  readonly isVideo: boolean
  readonly isDirect: boolean
  /** 1:1: who is called. */
  readonly otherId?: string
  /** 1:1: until when the other is rung; absent once it is answered. */
  ringEndsAtMs?: number
  /** 1:1: the other blocks who calls, and is told nothing. */
  isHidden?: boolean
  /** When a second person came. */
  answeredAtMs?: number
  isDeclined?: boolean
  /** 1:1: since when one of the two waits for the other to come back. */
  aloneSinceMs?: number
  /** Whom the host took out of this call. */
  lockedOutIds?: readonly string[]
  /** Who is in it. */
  userIds: readonly string[]
  /** When the node that carries it last said so. */
  seenAtMs: number
  end?: CallEnd
}

export interface CallEnd {
  readonly outcome: CallLine['outcome']
  readonly durationMs: number
}

/** How a call that was over at `endedAtMs` went. A 1:1 call lasts from when it was answered. */
export function endOf(record: CallRecord, endedAtMs: number): CallEnd {
  const { isDirect, answeredAtMs, startedAtMs, isDeclined } = record
  if (isDirect && answeredAtMs === undefined)
    return { outcome: isDeclined ? 'declined' : 'missed', durationMs: 0 }
  const fromMs = isDirect ? (answeredAtMs ?? startedAtMs) : startedAtMs
  return { outcome: 'answered', durationMs: Math.max(0, endedAtMs - fromMs) }
}

/** A device was in the call `againCallId`, or is answering it. To find oneself in another one would be a surprise. */
export const isOver = ({ callId }: Pick<CallRecord, 'callId'>, againCallId: string | undefined): boolean =>
  againCallId !== undefined && againCallId !== callId

/** Whether this person may know of the call. */
export const isShownTo = (record: CallRecord, userId: string): boolean =>
  record.isHidden !== true || record.otherId !== userId

export const toSummary = (record: CallRecord): CallSummary => ({
  callId: record.callId,
  startedAt: record.startedAtMs,
  startedBy: record.startedBy,
  isVideo: record.isVideo,
  userIds: [...record.userIds],
  ...(record.ringEndsAtMs !== undefined &&
    record.otherId !== undefined && { ring: { userId: record.otherId, endsAt: record.ringEndsAtMs } }),
})
