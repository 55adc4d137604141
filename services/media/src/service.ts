import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { randomUUID } from 'node:crypto'
import { createCalls, type Calls } from './calls/calls.ts'
import { createProbePath } from './doctor/probe-path.ts'
import type { MediaConfig } from './config.ts'
import { createMediaApi } from './media-api.ts'
import { createRequireMember } from './membership/require-member.ts'
import { createCallLeases, type MediaNode } from './nodes/call-leases.ts'
import { createNodeDirectory } from './nodes/node-directory.ts'
import { createOwnCalls, createRouteCalls } from './nodes/route-calls.ts'
import { createWatchNodes } from './nodes/watch-nodes.ts'
import { createWatchPeers } from './membership/watch-peers.ts'
import { createRoomCalls } from './room-calls/room-calls.ts'
import { createWorkerPool, type OpenMedia } from './workers/worker-pool.ts'

/** Opened by the caller, who closes hub and lease store after `stop`. */
export interface MediaDeps {
  readonly chat: Pick<
    ChatApi,
    'getRoom' | 'filterMembers' | 'getCallRoom' | 'recordCall' | 'keepCalls' | 'listLostCalls'
  >
  readonly hub: SocketHub
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly log: Logger
  readonly config: MediaConfig
  /** Where there are several nodes: how they reach this one, and this one them. */
  readonly nodes?: { readonly url: string; readonly openNode: (node: MediaNode) => MediaApi }
}

export interface Media extends Service<MediaApi> {
  /** What other nodes ask: this node's own calls. */
  readonly nodeApi: MediaApi
  /** Process ids of the workers that run. */
  workerPids(): number[]
  /** What the workers themselves hold: nothing while there is no call. */
  countOpen(): Promise<OpenMedia>
}

/** Calls: who is in which, and what of it flows through mediasoup's workers. */
export function createMedia({ chat, hub, leaseStore, clock, log, config, nodes }: MediaDeps): Media {
  const pool = createWorkerPool({ config, log })
  const leaseMs = config.mediaNodeLeaseMs
  const me: MediaNode = { nodeId: randomUUID(), url: nodes?.url ?? '' }
  const leases = createCallLeases({ leaseStore, me, leaseMs })
  const directory = createNodeDirectory({ leaseStore, leaseMs })
  const roomCalls = createRoomCalls({
    chat,
    hub,
    leaseStore,
    clock,
    log,
    ringMs: config.mediaRingMs,
    rejoinMs: config.mediaRejoinMs,
  })
  const calls = createCalls({
    pool,
    hub,
    leases,
    roomCalls,
    routerPeers: config.mediaRouterPeers,
    clock,
    log,
  })
  const probe = createProbePath({ pool, clock, config })
  const requireMember = createRequireMember(chat)
  const watch = createWatchPeers({
    calls,
    chat,
    silenceMs: config.mediaSilenceMs,
    intervalMs: config.mediaCheckIntervalMs,
    log,
  })
  const load = (): number | null => {
    const workers = pool.pids().length
    return workers === 0 ? null : loadOf(calls) / workers
  }
  const watchNodes = createWatchNodes({ calls, leases, directory, leaseStore, hub, load, leaseMs, log })
  const local = {
    ...createMediaApi({ calls, roomCalls, chat, requireMember, clock, config }),
    ...probe.api,
    ...watch.api,
  }
  const openNode = nodes?.openNode ?? refuseAll
  return {
    name: 'media',
    api: createRouteCalls({ local, openNode, calls, leases, directory, load, clock }),
    nodeApi: createOwnCalls({ local, calls, leases }),
    workerPids: () => pool.pids(),
    countOpen: () => pool.countOpen(),
    start: async () => {
      await pool.start()
      roomCalls.start(calls)
      watch.start()
      watchNodes.start()
    },
    stop: async () => {
      await watch.stop()
      await watchNodes.stop()
      calls.stop()
      await roomCalls.stop()
      probe.stop()
      await directory.leave(me.nodeId).catch(() => undefined)
      await pool.stop()
    },
    unreadyReason: () => (pool.pids().length === 0 ? 'no media worker' : undefined),
  }
}

/** What flows through the workers: each consumer is a stream that they send. */
const loadOf = (calls: Calls): number =>
  calls
    .all()
    .flatMap(({ peers }) => [...peers.values()])
    .reduce((sum, { producers, consumers }) => sum + producers.size + consumers.size, 0)

/** There is no other node: who has the call is this one's former self, whose lease is about to end. */
function refuseAll(): never {
  throw new AppError('unavailable', undefined, { retryAfterMs: 1_000 })
}
