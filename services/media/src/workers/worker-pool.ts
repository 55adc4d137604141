import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createWorker } from 'mediasoup'
import type { Router, TransportListenInfo, WebRtcServer, Worker } from 'mediasoup/types'
import { availableParallelism } from 'node:os'
import type { MediaConfig } from '../config.ts'
import { routerCodecs } from './router-codecs.ts'

/** A call's place: its router, and the ports of its worker. */
export interface Placement {
  readonly router: Router
  readonly webRtcServer: WebRtcServer
  /** Process id of the worker. */
  readonly workerPid: number
}

/** mediasoup's processes, one for each core. A worker that dies is replaced; its calls hear of it by their router. */
export interface WorkerPool {
  start(): Promise<void>
  /** A router on the worker with the fewest. @throws {AppError} calls_unavailable without any worker */
  place(): Promise<Placement>
  /** As `place`, at a worker that none of these is at. Undefined: there is none. */
  placeBeside(others: readonly Pick<Placement, 'workerPid'>[]): Promise<Placement | undefined>
  /** Process ids of the workers that run. */
  pids(): number[]
  /** What the workers themselves hold, whoever opened it. */
  countOpen(): Promise<OpenMedia>
  stop(): Promise<void>
}

export interface OpenMedia {
  readonly routers: number
  readonly transports: number
  /** ICE names under which clients may come. */
  readonly iceNames: number
}

interface Slot {
  readonly index: number
  readonly worker: Worker
  readonly webRtcServer: WebRtcServer
  routers: number
}

/** How long after its end a worker is started anew: twice as long after each failure in a row, in ms. */
const respawnMs = { first: 100, longest: 10_000 }

export function createWorkerPool({ config, log }: { config: MediaConfig; log: Logger }): WorkerPool {
  const slots = new Map<number, Slot>()
  const timers = new Set<NodeJS.Timeout>()
  let isStopped = false
  /** Only the last two settings differ between workers' two kinds of port. */
  const listenInfo = (protocol: 'udp' | 'tcp', index: number): TransportListenInfo => ({
    protocol,
    ip: config.mediaListenAddress,
    ...(config.mediaAnnouncedAddress === undefined ? {} : { announcedAddress: config.mediaAnnouncedAddress }),
    ...(config.mediaPortBase === 0 ? {} : { port: config.mediaPortBase + index }),
  })

  async function spawn(index: number): Promise<void> {
    const worker = await createWorker({
      logLevel: 'error',
      ...(config.mediaWorkerBin === undefined ? {} : { workerBin: config.mediaWorkerBin }),
    })
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [listenInfo('udp', index), listenInfo('tcp', index)],
      })
      if (isStopped) return worker.close()
      const slot: Slot = { index, worker, webRtcServer, routers: 0 }
      slots.set(index, slot)
      worker.on('died', (error) => {
        log.warn({ err: error, workerPid: worker.pid }, 'media worker died')
        slots.delete(index)
        respawn(index, respawnMs.first)
      })
    } catch (error) {
      worker.close()
      throw error
    }
  }

  function respawn(index: number, afterMs: number): void {
    if (isStopped) return
    const timer = setTimeout(() => {
      spawn(index)
        .catch((error: unknown) => {
          log.error({ err: error }, 'media worker could not be started')
          respawn(index, Math.min(respawnMs.longest, afterMs * 2))
        })
        .finally(() => timers.delete(timer))
    }, afterMs)
    timers.add(timer)
  }

  const calmest = (some: readonly Slot[]): Slot | undefined =>
    some.toSorted((one, other) => one.routers - other.routers)[0]
  async function placeAt(slot: Slot): Promise<Placement> {
    slot.routers += 1
    try {
      const router = await slot.worker.createRouter({ mediaCodecs: routerCodecs })
      router.observer.once('close', () => {
        slot.routers -= 1
      })
      return { router, webRtcServer: slot.webRtcServer, workerPid: slot.worker.pid }
    } catch (error) {
      slot.routers -= 1
      // It died meanwhile: there is another one, or soon will be.
      throw new AppError('unavailable', undefined, { cause: error, retryAfterMs: respawnMs.first * 2 })
    }
  }

  return {
    start: async () => {
      const count = config.mediaWorkers === 0 ? availableParallelism() : config.mediaWorkers
      try {
        for (let index = 0; index < count; index += 1) await spawn(index)
      } catch (error) {
        // The product runs without calls and says so to those who want one.
        log.warn({ err: error }, 'no media worker: calls are off; npm run media:worker gets it')
      }
    },
    placeBeside: async (others) => {
      const used = new Set(others.map(({ workerPid }) => workerPid))
      const slot = calmest([...slots.values()].filter(({ worker }) => !used.has(worker.pid)))
      return slot === undefined ? undefined : placeAt(slot)
    },
    place: async () => {
      const slot = calmest([...slots.values()])
      // All have just died: the next one is on its way.
      if (slot === undefined && timers.size > 0)
        throw new AppError('unavailable', undefined, { retryAfterMs: respawnMs.first * 2 })
      if (slot === undefined) throw new AppError('calls_unavailable')
      return placeAt(slot)
    },
    countOpen: async () => {
      let [routers, transports, iceNames] = [0, 0, 0]
      for (const { worker, webRtcServer } of slots.values()) {
        routers += (await worker.dump()).routerIds.length
        const ports = await webRtcServer.dump()
        transports += ports.webRtcTransportIds.length
        iceNames += ports.localIceUsernameFragments.length
      }
      return { routers, transports, iceNames }
    },
    pids: () => [...slots.values()].map(({ worker }) => worker.pid),
    stop: async () => {
      isStopped = true
      for (const timer of timers) clearTimeout(timer)
      for (const { worker } of slots.values()) worker.close()
      slots.clear()
    },
  }
}
