import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaPlacesApi } from '@our-now/contracts/media-places.ts'
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
import { createFarPlaces } from './places/far-places.ts'
import { createLentPlaces } from './places/lent-places.ts'
import { createLocalPlace } from './places/local-place.ts'
import { createPlacesApi } from './places/places-api.ts'
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
  readonly nodes?: {
    readonly url: string
    readonly openNode: (node: MediaNode) => MediaApi
    readonly openPlaces: (node: MediaNode) => MediaPlacesApi
  }
}

export interface Media extends Service<MediaApi> {
  /** What other nodes ask: this node's own calls. */
  readonly nodeApi: MediaApi
  /** What the owners of calls ask: places at this node's workers. */
  readonly placesApi: MediaPlacesApi
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
  const pipes = {
    listenAddress: config.mediaPipeListenAddress ?? config.mediaListenAddress,
    host: config.mediaPipeAddress ?? hostOf(me.url),
  }
  const lentPlaces = createLentPlaces({ pool, leases, leaseMs, pipes, log })
  const load = (): number | null => {
    const workers = pool.pids().length
    return workers === 0 ? null : (loadOf(calls, me.nodeId) + lentPlaces.load()) / workers
  }
  const mostLoad = config.mediaNodeStreams
  const openPlaces = nodes?.openPlaces
  const calls: Calls = createCalls({
    pool,
    hub,
    leases,
    roomCalls,
    toPlace: (placement) => createLocalPlace(placement, me.nodeId, pipes),
    farPlaces: createFarPlaces({ openPlaces, directory, leases, leaseMs, mostLoad, clock }),
    routerPeers: config.mediaRouterPeers,
    nodePeers: config.mediaNodePeers,
    isBusy: () => (load() ?? 0) >= mostLoad,
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
    placesApi: createPlacesApi(lentPlaces),
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
      lentPlaces.stop()
      await roomCalls.stop()
      probe.stop()
      await directory.leave(me.nodeId).catch(() => undefined)
      await pool.stop()
    },
    unreadyReason: () => (pool.pids().length === 0 ? 'no media worker' : undefined),
  }
}

/** What flows through this node's workers: each consumer is a stream that they send. */
const loadOf = (calls: Calls, nodeId: string): number =>
  calls
    .all()
    .flatMap(({ peers }) => [...peers.values()].filter(({ place }) => place.nodeId === nodeId))
    .reduce((sum, { producers, consumers }) => sum + producers.size + consumers.size, 0)

/** The host of an address, without the brackets of IPv6. Where there are no other nodes nobody asks. */
const hostOf = (url: string): string =>
  url === '' ? '127.0.0.1' : new URL(url).hostname.replaceAll(/[[\]]/g, '')

/** There is no other node: who has the call is this one's former self, whose lease is about to end. */
function refuseAll(): never {
  throw new AppError('unavailable', undefined, { retryAfterMs: 1_000 })
}
