import type { MediaPlacesApi } from '@our-now/contracts/media-places.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { DtlsParameters, RtpCapabilities, RtpParameters } from 'mediasoup/types'
import { refusedByWorker } from '../calls/refused-by-worker.ts'
import { withoutAbsent } from '../calls/without-absent.ts'
import type { LentPlace, LentPlaces } from './lent-places.ts'

/** What the owners of calls ask of this node. An id is looked up in the named place and nowhere else. */
export function createPlacesApi(lentPlaces: LentPlaces): MediaPlacesApi {
  const find = (at: Parameters<LentPlaces['find']>[0]) => lentPlaces.find(at)
  /** It comes from a device there, or out of a pipe: nothing of another call's. */
  const hasProducer = ({ producers, pipes }: LentPlace, producerId: string): boolean =>
    producers.has(producerId) || [...pipes.values()].some((pipe) => pipe.has(producerId))
  return {
    openPlace: async (_context, asked) => ({ placeId: (await lentPlaces.open(asked)).place.placeId }),
    keepPlace: async (_context, at) => {
      find(at)
      return {}
    },
    closePlace: async (_context, at) => {
      lentPlaces.close(find(at))
      return {}
    },
    openTransport: async (_context, { maxIncomingBps, ...at }) => {
      const { place, transports } = find(at)
      const transport = await refusedByWorker(() => place.openTransport(maxIncomingBps))
      transports.set(transport.id, transport)
      transport.observer.once('close', () => transports.delete(transport.id))
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport
      return withoutAbsent({ transportId: id, iceParameters, iceCandidates, dtlsParameters })
    },
    connectTransport: async (_context, { transportId, dtlsParameters, ...at }) => {
      const transport = owned(find(at).transports, transportId)
      /** True because the contract's schema is a subset of mediasoup's type. */
      await refusedByWorker(() => transport.connect({ dtlsParameters: dtlsParameters as DtlsParameters }))
      return {}
    },
    restartIce: async (_context, { transportId, ...at }) => ({
      iceParameters: withoutAbsent(await owned(find(at).transports, transportId).restartIce()),
    }),
    closeTransport: async (_context, { transportId, ...at }) => {
      find(at).transports.get(transportId)?.close()
      return {}
    },
    produce: async (_context, { transportId, kind, rtpParameters, isPaused, ...at }) => {
      const { transports, producers } = find(at)
      const producer = await refusedByWorker(() =>
        /** True as above. */
        owned(transports, transportId).produce({
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: isPaused,
        }),
      )
      producers.set(producer.id, producer)
      producer.observer.once('close', () => producers.delete(producer.id))
      return { producerId: producer.id }
    },
    setProducer: async (_context, { producerId, state, ...at }) => {
      const { producers, pipes } = find(at)
      if (state === 'closed') {
        producers.get(producerId)?.close()
        for (const pipe of pipes.values()) pipe.drop(producerId)
        return {}
      }
      const producer = owned(producers, producerId)
      await (state === 'paused' ? producer.pause() : producer.resume())
      return {}
    },
    consume: async (_context, { transportId, producerId, rtpCapabilities, ...at }) => {
      const lent = find(at)
      const transport = owned(lent.transports, transportId)
      if (!hasProducer(lent, producerId)) throw new AppError('not_found')
      const consumer = await refusedByWorker(() =>
        /** True as above. */
        transport.consume({ producerId, rtpCapabilities: rtpCapabilities as RtpCapabilities, paused: true }),
      )
      lent.consumers.set(consumer.id, consumer)
      consumer.observer.once('close', () => lent.consumers.delete(consumer.id))
      const { id: consumerId, kind, type, rtpParameters } = consumer
      const isSimple = type === 'simple'
      return { consumerId, kind, isSimple, rtpParameters: withoutAbsent(rtpParameters) }
    },
    setConsumer: async (_context, { consumerId, isPaused, spatialLayer, ...at }) => {
      const consumer = owned(find(at).consumers, consumerId)
      if (spatialLayer !== undefined && consumer.type !== 'simple')
        await consumer.setPreferredLayers({ spatialLayer })
      if (isPaused !== undefined) await (isPaused ? consumer.pause() : consumer.resume())
      return {}
    },
    openPipe: async (_context, at) => {
      const { place, pipes } = find(at)
      const pipe = await place.openPipe()
      pipes.set(pipe.pipeId, pipe)
      return { pipeId: pipe.pipeId, address: pipe.address }
    },
    connectPipe: async (_context, { pipeId, to, ...at }) => {
      await refusedByWorker(() => owned(find(at).pipes, pipeId).connect(to))
      return {}
    },
    sendIntoPipe: async (_context, { pipeId, producerId, ...at }) => {
      const { pipes, producers } = find(at)
      owned(producers, producerId)
      return refusedByWorker(() => owned(pipes, pipeId).send(producerId))
    },
    takeFromPipe: async (_context, { pipeId, producerId, media, ...at }) => {
      const { pipes } = find(at)
      await refusedByWorker(() => owned(pipes, pipeId).take(producerId, media))
      return {}
    },
    closePipe: async (_context, { pipeId, ...at }) => {
      const { pipes } = find(at)
      pipes.get(pipeId)?.close()
      pipes.delete(pipeId)
      return {}
    },
  }
}

/** @throws {AppError} not_found for any id that is not this place's */
function owned<T>(own: ReadonlyMap<string, T>, id: string): T {
  const found = own.get(id)
  if (found === undefined) throw new AppError('not_found')
  return found
}
