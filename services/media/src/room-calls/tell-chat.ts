import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { CallRecord } from './call-record.ts'

/** How long after a failure it is tried again, at first and at most, in ms. */
const firstRetryMs = 200
const mostRetryMs = 5_000
/** What trying again would not change. */
const finalCodes = ['room_not_found', 'invalid_request', 'conflict']

/**
 * Has chat write the line of a call, for as long as it takes. A room's lines are told in order.
 *
 * @returns whether it was written; false: the service stops, and another node has to.
 */
export type TellChat = (record: CallRecord) => Promise<boolean>

export function createTellChat({
  chat,
  log,
  signal,
}: {
  readonly chat: Pick<ChatApi, 'recordCall'>
  readonly log: Logger
  /** Aborted when the service stops. */
  readonly signal: AbortSignal
}): TellChat {
  const lastByRoom = new Map<string, Promise<boolean>>()

  async function tell({
    roomId,
    callId,
    startedBy,
    startedAtMs,
    isVideo,
    end,
  }: CallRecord): Promise<boolean> {
    const line = { roomId, callId, startedBy, startedAt: startedAtMs, isVideo, ...(end && { end }) }
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(2 * waitMs, mostRetryMs)) {
      try {
        await chat.recordCall({ traceId: createTraceId() }, line)
        return true
      } catch (error) {
        log.warn({ err: error, roomId, callId }, 'the line of a call was not written')
        if (error instanceof AppError && finalCodes.includes(error.code)) return true
        if (signal.aborted) return false
        await delay(waitMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }
  return (record) => {
    // As it is now: it may change while earlier lines are told.
    const told = structuredClone(record)
    const last = lastByRoom.get(record.roomId) ?? Promise.resolve(true)
    const next = last.then(() => tell(told))
    lastByRoom.set(record.roomId, next)
    void next.finally(() => {
      if (lastByRoom.get(record.roomId) === next) lastByRoom.delete(record.roomId)
    })
    return next
  }
}
