import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomHead, UserHead } from '@our-now/contracts/chat/heads.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createPeriodic, type Periodic } from '../periodic.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

export interface HeadsWatchDeps {
  /** One replica of chat: each remembers its own commits only. */
  readonly replica: Pick<ChatApi, 'recentHeads'>
  readonly intervalMs: number
  readonly onRoomHead: (head: RoomHead) => void
  readonly onUserHead: (head: UserHead) => void
  /** The replica forgot, was started anew or did not answer: anything may have been missed. */
  readonly onMissed: () => void
  readonly log: Logger
}

/**
 * A replica that was killed may have committed what it told nobody, and may stay away: everything is compared at once,
 * and once more after so many questions in vain, when the last commit that it had begun is over for certain.
 */
const comparedAfter = [1, 6]

/** Asks a replica of chat every 2 s what it committed, so that the last push of a silent room is not lost for good. */
export function createHeadsWatch(deps: HeadsWatchDeps): Periodic {
  let epoch: string | undefined
  let since = 0
  let failures = 0

  const ask = async (): Promise<void> => {
    const known = epoch === undefined ? {} : { epoch, since }
    const answer = await deps.replica
      .recentHeads({ traceId: createTraceId() }, known)
      .catch((error: unknown) => {
        failures += 1
        if (comparedAfter.includes(failures)) deps.onMissed()
        throw error
      })
    const isOther = epoch !== undefined && epoch !== answer.epoch
    epoch = answer.epoch
    since = answer.position
    if (failures > 0 || isOther) deps.onMissed()
    failures = 0
    for (const head of answer.rooms) deps.onRoomHead(head)
    for (const head of answer.users) deps.onUserHead(head)
  }
  return createPeriodic('recent heads', ask, { intervalMs: deps.intervalMs, jitter: 0.2, log: deps.log })
}
