import type { CommandReply } from '@our-now/contracts/socket.ts'
import type { Device } from 'mediasoup-client'
import type { Consumer, Producer, RtpCapabilities, Transport } from 'mediasoup-client/types'
import type { MediaSource } from '@our-now/contracts/media.ts'
import type { Client } from '../client.ts'

/** How long a path may be broken before it is asked for anew, and before the call is joined anew; in ms. */
const restartAfterMs = 2_000
const giveUpAfterMs = 10_000

/** Sizes of a camera's picture as it is sent, from small to full; bits a second each. */
const cameraEncodings = [
  { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
]

/** One place in a call: both paths to it, until it is left or lost. */
export interface CallTransports {
  send(source: MediaSource, track: MediaStreamTrack, isPaused: boolean): Promise<Producer>
  receive(producerId: string): Promise<Consumer>
  close(): void
}

export interface TransportsDeps {
  readonly command: Client['command']
  readonly device: Device
  readonly roomId: string
  readonly joined: CommandReply<'call:join'>
  /** The paths cannot be mended: the call has to be joined anew. Once. */
  readonly onBroken: () => void
}

export function openTransports({
  command,
  device,
  roomId,
  joined,
  onBroken,
}: TransportsDeps): CallTransports {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let isClosed = false
  const toOptions = ({ transportId, ...offer }: typeof joined.sendTransport) => ({
    id: transportId,
    ...offer,
    /** True because it is what the server's own mediasoup says. */
    iceServers: joined.iceServers as RTCIceServer[],
  })
  /** The contract's types are mediasoup's own, written as schemas. */
  const send = device.createSendTransport(toOptions(joined.sendTransport) as never)
  const receive = device.createRecvTransport(toOptions(joined.receiveTransport) as never)
  const close = (): void => {
    if (isClosed) return
    isClosed = true
    for (const timer of timers) clearTimeout(timer)
    send.close()
    receive.close()
  }
  const giveUp = (): void => {
    if (isClosed) return
    close()
    onBroken()
  }
  const after = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (!isClosed) work()
    }, ms)
    timers.add(timer)
  }

  async function restart(transport: Transport): Promise<void> {
    const { iceParameters } = await command('call:restart-ice', { roomId, transportId: transport.id })
    if (!isClosed) await transport.restartIce({ iceParameters })
  }
  function mend(transport: Transport): void {
    const isWell = (): boolean => transport.connectionState === 'connected'
    restart(transport).catch(giveUp)
    after(giveUpAfterMs, () => {
      if (!isWell()) giveUp()
    })
  }

  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const request = { roomId, transportId: transport.id, dtlsParameters: dtlsParameters as never }
      // oxlint-disable-next-line promise/no-callback-in-promise -- mediasoup asks by callbacks
      command('call:connect', request).then(() => done(), failed)
    })
    transport.on('connectionstatechange', (state) => {
      if (state === 'failed') mend(transport)
      if (state === 'disconnected')
        after(restartAfterMs, () => {
          if (transport.connectionState === 'disconnected') mend(transport)
        })
    })
  }
  send.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    /** True because `send` below is the only one that produces. */
    const { source, isPaused } = appData as { source: MediaSource; isPaused: boolean }
    command('call:produce', { roomId, kind, source, rtpParameters: rtpParameters as never, isPaused }).then(
      // oxlint-disable-next-line promise/no-callback-in-promise -- mediasoup asks by callbacks
      ({ producerId }) => done({ id: producerId }),
      failed,
    )
  })

  return {
    send: async (source, track, isPaused) => {
      const producer = await send.produce({
        track,
        // Tracks belong to whoever opened them: they outlive this place.
        stopTracks: false,
        disableTrackOnPause: true,
        zeroRtpOnPause: true,
        ...(source === 'camera' ? { encodings: cameraEncodings } : {}),
        ...(source === 'microphone' ? { codecOptions: { opusDtx: true, opusFec: true } } : {}),
        appData: { source, isPaused },
      })
      if (isPaused) producer.pause()
      return producer
    },
    receive: async (producerId) => {
      const rtpCapabilities = device.recvRtpCapabilities satisfies RtpCapabilities
      const offer = await command('call:consume', {
        roomId,
        producerId,
        rtpCapabilities: rtpCapabilities as never,
      })
      const consumer = await receive.consume({
        id: offer.consumerId,
        producerId,
        kind: offer.kind,
        rtpParameters: offer.rtpParameters as never,
      })
      await command('call:set-consumer', { roomId, consumerId: consumer.id, isPaused: false })
      return consumer
    },
    close,
  }
}
