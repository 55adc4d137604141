import type { MediaApi } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { RtpCapabilities } from 'mediasoup/types'
import { requireDevice } from '../callers/require-device.ts'
import { othersOf } from './call.ts'
import type { Calls } from './calls.ts'
import { withoutAbsent } from './without-absent.ts'
import { refusedByWorker } from './refused-by-worker.ts'

/** What one device may receive at a time: 32 people with all they can send is more than any screen shows. */
const maxConsumers = 128

/** What a device receives: only of its own call, and at first paused. */
export function createReceiveMedia(calls: Calls): Pick<MediaApi, 'consume' | 'setConsumer'> {
  return {
    consume: async (context, { roomId, producerId, rtpCapabilities }) => {
      const { call, peer } = calls.placeOf(roomId, requireDevice(context))
      const sender = othersOf(call, peer).find(({ producers }) => producers.has(producerId))
      const producer = sender?.producers.get(producerId)
      if (sender === undefined || producer === undefined) throw new AppError('not_found')
      if (peer.consumers.size >= maxConsumers) throw new AppError('call_full')
      await calls.media.bring(call, producer, { from: sender.place, to: peer.place }).catch(noLonger)
      const consumer = await refusedByWorker(() =>
        /** True because the contract's schema is a subset of mediasoup's type. */
        peer.receiveTransport.consume({
          producerId,
          rtpCapabilities: rtpCapabilities as RtpCapabilities,
          paused: true,
        }),
      )
      // It ended meanwhile, and with it what receives it.
      if (!sender.producers.has(producerId)) throw new AppError('not_found')
      peer.consumers.set(consumer.id, consumer)
      return {
        consumerId: consumer.id,
        producerId,
        kind: consumer.kind,
        rtpParameters: withoutAbsent(consumer.rtpParameters),
      }
    },
    setConsumer: async (context, { roomId, consumerId, isPaused, spatialLayer }) => {
      const { peer } = calls.placeOf(roomId, requireDevice(context))
      const consumer = peer.consumers.get(consumerId)
      if (consumer === undefined) throw new AppError('not_found')
      if (spatialLayer !== undefined && consumer.type !== 'simple')
        await consumer.setPreferredLayers({ spatialLayer })
      await (isPaused ? consumer.pause() : consumer.resume())
      return {}
    },
  }
}

/** It ended on its way to another worker. A place at another node has said more. */
function noLonger(error: unknown): never {
  if (error instanceof AppError) throw error
  throw new AppError('not_found', undefined, { cause: error })
}
