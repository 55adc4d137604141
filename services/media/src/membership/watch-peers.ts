import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { requireUser } from '../callers/require-device.ts'
import type { Call } from '../calls/call.ts'
import type { Calls } from '../calls/calls.ts'

export interface WatchPeersDeps {
  readonly calls: Calls
  readonly chat: Pick<ChatApi, 'filterMembers'>
  readonly silenceMs: number
  readonly intervalMs: number
  readonly log: Logger
}

/**
 * Takes out of calls who is no longer a member of the room, and devices that have fallen silent. Gateways say at once
 * who may have left a room (`recheckMember`); what they do not say is found by looking again and again.
 */
export interface WatchPeers {
  readonly api: Pick<MediaApi, 'recheckMember'>
  start(): void
  stop(): Promise<void>
}

export function createWatchPeers({ calls, chat, silenceMs, intervalMs, log }: WatchPeersDeps): WatchPeers {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running: Promise<void> = Promise.resolve()

  /** One question for all of a call: how many they are does not matter to chat. */
  async function removeStrangers(call: Call, userIds: readonly string[]): Promise<void> {
    const { userIds: members } = await chat.filterMembers(
      { traceId: createTraceId() },
      { roomId: call.roomId, userIds: [...userIds] },
    )
    const known = new Set(members)
    for (const peer of call.peers.values())
      if (userIds.includes(peer.userId) && !known.has(peer.userId)) calls.remove(call, peer, 'removed')
  }
  async function check(call: Call): Promise<void> {
    for (const peer of call.peers.values())
      if (performance.now() - peer.heardAtMs > silenceMs) calls.remove(call, peer, 'signal-lost')
    const userIds = [...new Set([...call.peers.values()].map(({ userId }) => userId))]
    if (userIds.length === 0) return
    try {
      await removeStrangers(call, userIds)
    } catch (error) {
      // Chat does not answer: nobody is thrown out for that.
      log.warn({ err: error, roomId: call.roomId }, 'membership of a call could not be checked')
    }
  }
  const checkAll = async (): Promise<void> => {
    await Promise.all(calls.all().map(check))
  }
  function schedule(): void {
    if (isStopped) return
    timer = setTimeout(() => {
      running = checkAll().finally(schedule)
    }, intervalMs)
  }
  return {
    api: {
      recheckMember: async (context, { roomId }) => {
        const userId = requireUser(context)
        const call = calls.find(roomId)
        if (call !== undefined) await removeStrangers(call, [userId])
        return {}
      },
    },
    start: schedule,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
