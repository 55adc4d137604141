import type { MediaApi } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { RtpParameters } from 'mediasoup/types'
import type { MediaProducer } from '../places/media-place.ts'
import { requireDevice } from '../callers/require-device.ts'
import { tellOthers, type Call } from './call.ts'
import type { Calls } from './calls.ts'
import { refusedByWorker } from './refused-by-worker.ts'
import { toCallProducer, type Peer, type ProducerData } from './peer.ts'

const kindOf = { microphone: 'audio', 'screen-audio': 'audio', camera: 'video', screen: 'video' } as const

/** What a device sends: one producer for each source, muted and ended by the device itself only. */
export function createSendMedia(calls: Calls): Pick<MediaApi, 'produce' | 'setProducer'> {
  const close = (call: Call, peer: Peer, producer: MediaProducer): void => {
    calls.media.forget(call, producer.id)
    producer.close()
    peer.producers.delete(producer.id)
    const change = { kind: 'producer-closed', peerId: peer.peerId, producerId: producer.id } as const
    tellOthers(call, peer, change, calls.tell)
  }
  return {
    produce: async (context, { roomId, kind, source, rtpParameters, isPaused }) => {
      const { call, peer } = calls.placeOf(roomId, requireDevice(context))
      if (kindOf[source] !== kind) throw new AppError('invalid_request', undefined, { field: '/kind' })
      const appData: ProducerData = { source, peerId: peer.peerId }
      const producer = await refusedByWorker(() =>
        /** True because the contract's schema is a subset of mediasoup's type. */
        peer.sendTransport.produce({
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: isPaused,
          appData,
        }),
      )
      if (peer.isClosed) throw new AppError('call_not_found')
      for (const older of peer.producers.values())
        if (older.appData.source === source) close(call, peer, older)
      peer.producers.set(producer.id, producer)
      if (source === 'microphone') {
        await calls.media.bring(call, producer, { from: peer.place, to: call.places[0] ?? peer.place })
        await call.speakers.addProducer({ producerId: producer.id })
      }
      const change = {
        kind: 'producer-changed',
        peerId: peer.peerId,
        producer: toCallProducer(producer),
      } as const
      tellOthers(call, peer, change, calls.tell)
      return { producerId: producer.id }
    },
    setProducer: async (context, { roomId, producerId, state }) => {
      const { call, peer } = calls.placeOf(roomId, requireDevice(context))
      const producer = peer.producers.get(producerId)
      if (producer === undefined) throw new AppError('not_found')
      if (state === 'closed') close(call, peer, producer)
      else {
        await (state === 'paused' ? producer.pause() : producer.resume())
        const change = {
          kind: 'producer-changed',
          peerId: peer.peerId,
          producer: toCallProducer(producer),
        } as const
        tellOthers(call, peer, change, calls.tell)
      }
      return {}
    },
  }
}
