import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { createCalls } from './calls/calls.ts'
import { createProbePath } from './doctor/probe-path.ts'
import type { MediaConfig } from './config.ts'
import { createMediaApi } from './media-api.ts'
import { createRequireMember } from './membership/require-member.ts'
import { createWatchPeers } from './membership/watch-peers.ts'
import { createRoomCalls } from './room-calls/room-calls.ts'
import { createWorkerPool } from './workers/worker-pool.ts'

/** Opened by the caller, who closes hub and lease store after `stop`. */
export interface MediaDeps {
  readonly chat: Pick<ChatApi, 'getRoom' | 'getCallRoom' | 'recordCall'>
  readonly hub: SocketHub
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly log: Logger
  readonly config: MediaConfig
}

export interface Media extends Service<MediaApi> {
  /** Process ids of the workers that run. */
  workerPids(): number[]
}

/** Calls: who is in which, and what of it flows through mediasoup's workers. */
export function createMedia({ chat, hub, leaseStore, clock, log, config }: MediaDeps): Media {
  const pool = createWorkerPool({ config, log })
  const roomCalls = createRoomCalls({
    chat,
    hub,
    leaseStore,
    clock,
    log,
    ringMs: config.mediaRingMs,
    rejoinMs: config.mediaRejoinMs,
  })
  const calls = createCalls({ pool, hub, leaseStore, roomCalls, clock, log })
  const probe = createProbePath({ pool, clock, config })
  const requireMember = createRequireMember(chat)
  const watch = createWatchPeers({
    calls,
    requireMember,
    silenceMs: config.mediaSilenceMs,
    intervalMs: config.mediaCheckIntervalMs,
    log,
  })
  return {
    name: 'media',
    api: { ...createMediaApi({ calls, roomCalls, chat, requireMember, clock, config }), ...probe.api },
    workerPids: () => pool.pids(),
    start: async () => {
      await pool.start()
      roomCalls.start(calls)
      watch.start()
    },
    stop: async () => {
      await watch.stop()
      calls.stop()
      await roomCalls.stop()
      probe.stop()
      await pool.stop()
    },
    unreadyReason: () => (pool.pids().length === 0 ? 'no media worker' : undefined),
  }
}
