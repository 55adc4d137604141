import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { Call } from '../calls/call.ts'
import type { Calls } from '../calls/calls.ts'
import type { Peer } from '../calls/peer.ts'
import type { RequireMember } from './require-member.ts'

export interface WatchPeersDeps {
  readonly calls: Calls
  readonly requireMember: RequireMember
  readonly silenceMs: number
  readonly intervalMs: number
  readonly log: Logger
}

/** Takes out of calls who is no longer a member of the room, and devices that have fallen silent. */
export function createWatchPeers({ calls, requireMember, silenceMs, intervalMs, log }: WatchPeersDeps): {
  start(): void
  stop(): Promise<void>
} {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running: Promise<void> = Promise.resolve()

  async function check(call: Call, peer: Peer): Promise<void> {
    if (performance.now() - peer.heardAtMs > silenceMs) return calls.remove(call, peer, 'signal-lost')
    const { userId, sessionId } = peer
    try {
      await requireMember({ traceId: createTraceId(), userId, sessionId }, call.roomId)
    } catch (error) {
      if (error instanceof AppError && error.code === 'room_not_found') calls.remove(call, peer, 'removed')
      // Chat does not answer: nobody is thrown out for that.
      else log.warn({ err: error, roomId: call.roomId }, 'membership of a call could not be checked')
    }
  }
  async function checkAll(): Promise<void> {
    const places = calls.all().flatMap((call) => [...call.peers.values()].map((peer) => ({ call, peer })))
    await Promise.all(places.map(({ call, peer }) => check(call, peer)))
  }
  function schedule(): void {
    if (isStopped) return
    timer = setTimeout(() => {
      running = checkAll().finally(schedule)
    }, intervalMs)
  }
  return {
    start: schedule,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
