import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { Consumer, Producer, WebRtcTransport } from 'mediasoup/types'
import type { CallLeases } from '../nodes/call-leases.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import { createLocalPlace, type LocalPlace } from './local-place.ts'
import type { LocalPipeEnd, PipeSettings } from './pipe-end.ts'

/** A place that this node lends to the owner of a call, with all that was opened in it, by id. */
export interface LentPlace {
  readonly place: LocalPlace
  readonly roomId: string
  readonly epoch: number
  readonly transports: Map<string, WebRtcTransport>
  readonly producers: Map<string, Producer>
  readonly consumers: Map<string, Consumer>
  readonly pipes: Map<string, LocalPipeEnd>
  /** On the process's monotonic clock. */
  heardAtMs: number
}

export interface LentPlaces {
  /** @throws {AppError} call_not_found when the asking node has not the call; call_full without a further worker */
  open(asked: {
    readonly roomId: string
    readonly epoch: number
    readonly ownerId: string
  }): Promise<LentPlace>
  /** @throws {AppError} call_not_found for another id, and for a command of another epoch */
  find(at: { readonly placeId: string; readonly epoch: number }): LentPlace
  close(lent: LentPlace): void
  /** What flows in them: producers and consumers. */
  load(): number
  stop(): void
}

/** Silence of so many leases ends a place: its owner is dead, and another one has had the time to take the call over. */
const silentLeases = 3

/** Places at this node's workers, for calls that other nodes have. */
export function createLentPlaces({
  pool,
  leases,
  leaseMs,
  pipes,
  log,
}: {
  readonly pool: WorkerPool
  readonly leases: CallLeases
  readonly leaseMs: number
  readonly pipes: PipeSettings
  readonly log: Logger
}): LentPlaces {
  const known = new Map<string, LentPlace>()
  const close = (lent: LentPlace): void => {
    known.delete(lent.place.placeId)
    lent.place.close()
  }
  const ofRoom = (roomId: string): LentPlace[] => [...known.values()].filter((lent) => lent.roomId === roomId)
  const sweeping = setInterval(() => {
    for (const lent of known.values()) {
      if (performance.now() - lent.heardAtMs < silentLeases * leaseMs) continue
      log.warn({ roomId: lent.roomId, epoch: lent.epoch }, 'the owner of a lent place is silent')
      close(lent)
    }
  }, leaseMs)
  sweeping.unref()

  return {
    open: async ({ roomId, epoch, ownerId }) => {
      const owner = await leases.ownerOf(roomId)
      if (owner?.nodeId !== ownerId) throw new AppError('call_not_found')
      for (const lent of ofRoom(roomId)) {
        if (lent.epoch > epoch) throw new AppError('call_not_found')
        if (lent.epoch < epoch) close(lent)
      }
      const placement = await pool.placeBeside(ofRoom(roomId).map(({ place }) => place))
      if (placement === undefined) throw new AppError('call_full')
      const place = createLocalPlace(placement, leases.me.nodeId, pipes)
      const lent: LentPlace = {
        place,
        roomId,
        epoch,
        transports: new Map(),
        producers: new Map(),
        consumers: new Map(),
        pipes: new Map(),
        heardAtMs: performance.now(),
      }
      known.set(place.placeId, lent)
      place.router.on('workerclose', () => close(lent))
      return lent
    },
    find: ({ placeId, epoch }) => {
      const lent = known.get(placeId)
      if (lent?.epoch !== epoch) throw new AppError('call_not_found')
      lent.heardAtMs = performance.now()
      return lent
    },
    close,
    load: () =>
      [...known.values()].reduce((sum, { producers, consumers }) => sum + producers.size + consumers.size, 0),
    stop: () => {
      clearInterval(sweeping)
      for (const lent of known.values()) close(lent)
    },
  }
}
