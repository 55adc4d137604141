import type { RunningCall } from '@our-now/contracts/chat/call-operations.ts'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { CallRecord } from './call-record.ts'

/**
 * What chat remembers of calls. Records are in the lease store, which may be this process's own memory: a restart
 * forgets them, and chat still knows which calls have no end.
 */
export interface ChatsMemory {
  /** These calls go on. */
  keep(records: readonly CallRecord[], seenAtMs: number): Promise<void>
  /** Calls that nobody has spoken for since `seenBeforeMs`. */
  listLost(seenBeforeMs: number): Promise<CallRecord[]>
}

/** As many as one question to chat may hold. */
const mostKept = 500

export function createChatsMemory(chat: Pick<ChatApi, 'keepCalls' | 'listLostCalls'>): ChatsMemory {
  return {
    keep: async (records, seenAt) => {
      for (let at = 0; at < records.length; at += mostKept) {
        const calls = records
          .slice(at, at + mostKept)
          .map(({ callId, answeredAtMs: answeredAt }) => ({ callId, ...(answeredAt && { answeredAt }) }))
        await chat.keepCalls({ traceId: createTraceId() }, { calls, seenAt })
      }
    },
    listLost: async (seenBefore) => {
      const { calls } = await chat.listLostCalls({ traceId: createTraceId() }, { seenBefore })
      return calls.map(({ otherId, ...call }) => toRecord(call, otherId === undefined ? {} : { otherId }))
    },
  }
}

/**
 * A call as it was when it was last heard of; who was in it comes again or does not.
 *
 * @param pair  Of a 1:1 call: who is called, whether they shall not find out, and until when they are rung.
 */
export function toRecord(
  { callId, roomId, startedAt, startedBy, isVideo, isDirect, answeredAt, seenAt }: RunningCall,
  pair: { readonly otherId?: string; readonly isHidden?: boolean; readonly ringEndsAtMs?: number },
): CallRecord {
  const { otherId, isHidden, ringEndsAtMs } = pair
  const base = {
    callId,
    roomId,
    startedAtMs: startedAt,
    startedBy,
    isVideo,
    isDirect,
    userIds: [],
    seenAtMs: seenAt,
    ...(otherId !== undefined && { otherId }),
  }
  if (!isDirect) return base
  if (answeredAt !== undefined) return { ...base, answeredAtMs: answeredAt, aloneSinceMs: seenAt }
  return {
    ...base,
    ...(isHidden !== undefined && { isHidden }),
    ...(ringEndsAtMs !== undefined && { ringEndsAtMs }),
  }
}
