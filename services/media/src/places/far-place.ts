import type { MediaPlacesApi } from '@our-now/contracts/media-places.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { MediaKind, RtpParameters } from 'mediasoup/types'
import type { MediaNode } from '../nodes/call-leases.ts'
import type { MediaConsumer, MediaPlace, MediaProducer, MediaTransport, PipeEnd } from './media-place.ts'

export interface FarPlaceOptions {
  readonly node: MediaNode
  readonly api: MediaPlacesApi
  readonly roomId: string
  readonly epoch: number
  readonly ownerId: string
  /** A node that does not answer for so long has lost the place. */
  readonly leaseMs: number
  readonly clock: Clock
  /** The place is gone, with all that was in it; not told after `close`. */
  readonly onLost: () => void
}

/** How long the other node may take, in ms: it is beside us, or stands still. */
const askMs = 2_000
/** Signs of life in the time after which a node counts as gone. */
const signsPerLease = 4

/** What the other node knows the place by. */
interface Far {
  readonly api: MediaPlacesApi
  readonly at: { readonly placeId: string; readonly epoch: number }
  readonly context: () => CallContext
  /** Ends something there. Should that not arrive, it ends with the place. */
  readonly end: (work: Promise<unknown>) => void
}

/**
 * A place at another node: everything is done there by command, and all that is known of it is known here.
 *
 * @throws {AppError} what the other node answers
 */
export async function openFarPlace(options: FarPlaceOptions): Promise<MediaPlace> {
  const { node, api, roomId, epoch, ownerId, leaseMs, clock, onLost } = options
  const context = (): CallContext => ({ traceId: createTraceId(), deadlineAtMs: clock.now() + askMs })
  const { placeId } = await api.openPlace(context(), { roomId, epoch, ownerId })
  const at = { placeId, epoch }
  let isClosed = false
  let heardAtMs = performance.now()
  const far: Far = { api, at, context, end: (work) => void work.catch(() => undefined) }

  function stop(): boolean {
    if (isClosed) return false
    isClosed = true
    clearInterval(timer)
    return true
  }
  async function keep(): Promise<void> {
    try {
      await api.keepPlace(context(), at)
      heardAtMs = performance.now()
    } catch (error) {
      const isGone = error instanceof AppError && error.code === 'call_not_found'
      if (!isGone && performance.now() - heardAtMs < leaseMs) return
      if (stop()) onLost()
    }
  }
  const timer = setInterval(() => void keep(), leaseMs / signsPerLease)
  return {
    nodeId: node.nodeId,
    placeId,
    isClosed: () => isClosed,
    openTransport: (maxIncomingBps) => openFarTransport(far, maxIncomingBps),
    openPipe: () => openFarPipe(far),
    close: () => {
      if (stop()) far.end(api.closePlace(context(), at))
    },
  }
}

async function openFarTransport(far: Far, maxIncomingBps: number | undefined): Promise<MediaTransport> {
  const { api, at, context, end } = far
  const bound = maxIncomingBps === undefined ? {} : { maxIncomingBps }
  const offer = await api.openTransport(context(), { ...at, ...bound })
  const own = { ...at, transportId: offer.transportId }
  return {
    id: offer.transportId,
    /** True because these are mediasoup's own, checked by the contract on their way. */
    ...(offer as unknown as Pick<MediaTransport, 'iceParameters' | 'iceCandidates' | 'dtlsParameters'>),
    connect: async ({ dtlsParameters }) =>
      void (await api.connectTransport(context(), { ...own, dtlsParameters })),
    restartIce: async () => (await api.restartIce(context(), own)).iceParameters,
    produce: async ({ kind, rtpParameters, paused, appData }) => {
      /** True because it came in by the same schema. */
      const request = { ...own, kind, rtpParameters: rtpParameters as never, isPaused: paused }
      const { producerId } = await api.produce(context(), request)
      return farProducer(far, { id: producerId, kind, appData }, paused)
    },
    consume: async ({ producerId, rtpCapabilities }) => {
      /** True because it came in by the same schema. */
      const asked = { ...own, producerId, rtpCapabilities: rtpCapabilities as never }
      const made = await api.consume(context(), asked)
      /** True because it is mediasoup's own, checked by the contract on its way. */
      const rtpParameters = made.rtpParameters as RtpParameters
      const { consumerId: id, kind, isSimple } = made
      return farConsumer(far, { id, producerId, kind, rtpParameters, type: isSimple ? 'simple' : 'layered' })
    },
    close: () => end(api.closeTransport(context(), own)),
  }
}

function farProducer(
  { api, at, context, end }: Far,
  made: { readonly id: string; readonly kind: MediaKind; readonly appData: MediaProducer['appData'] },
  startsPaused: boolean,
): MediaProducer {
  let paused = startsPaused
  const set = (state: 'on' | 'paused' | 'closed') =>
    api.setProducer(context(), { ...at, producerId: made.id, state })
  const setPaused = async (isPaused: boolean): Promise<void> => {
    await set(isPaused ? 'paused' : 'on')
    paused = isPaused
  }
  return {
    ...made,
    get paused() {
      return paused
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    close: () => end(set('closed')),
  }
}

function farConsumer(
  { api, at, context }: Far,
  made: Pick<MediaConsumer, 'id' | 'producerId' | 'kind' | 'type' | 'rtpParameters'>,
): MediaConsumer {
  const set = async (change: { isPaused?: boolean; spatialLayer?: number }): Promise<void> =>
    void (await api.setConsumer(context(), { ...at, consumerId: made.id, ...change }))
  return {
    ...made,
    pause: () => set({ isPaused: true }),
    resume: () => set({ isPaused: false }),
    setPreferredLayers: ({ spatialLayer }) => set({ spatialLayer }),
  }
}

async function openFarPipe({ api, at, context, end }: Far): Promise<PipeEnd> {
  const { pipeId, address } = await api.openPipe(context(), at)
  const own = { ...at, pipeId }
  return {
    address,
    connect: async (to) => void (await api.connectPipe(context(), { ...own, to })),
    send: (producerId) => api.sendIntoPipe(context(), { ...own, producerId }),
    take: async (producerId, media) =>
      void (await api.takeFromPipe(context(), { ...own, producerId, media })),
    drop: (producerId) => end(api.setProducer(context(), { ...at, producerId, state: 'closed' })),
    close: () => end(api.closePipe(context(), own)),
  }
}
