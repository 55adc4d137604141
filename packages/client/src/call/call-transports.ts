import type { CommandReply } from '@our-now/contracts/socket.ts'
import type { Device } from 'mediasoup-client'
import type { Consumer, Producer, ProducerOptions, RtpCapabilities, Transport } from 'mediasoup-client/types'
import type { MediaSource } from '@our-now/contracts/media.ts'
import type { Client } from '../client.ts'
import { codeOf } from '../client-error.ts'
import { cameraEncodings, screenAudioMaxBps, screenMaxBps, voiceMaxBps } from './bitrates.ts'
import { alongPath, type CallPath } from './call-path.ts'

/** How long a path may be broken before it is asked for anew, and before the call is joined anew; in ms. */
const restartAfterMs = 2_000
const giveUpAfterMs = 10_000

/** One place in a call: both paths to it, until it is left or lost. */
export interface CallTransports {
  send(source: MediaSource, track: MediaStreamTrack, isPaused: boolean): Promise<Producer>
  /** The consumer begins paused on the server's side. */
  receive(producerId: string): Promise<Consumer>
  readonly sendStats: () => Promise<RTCStatsReport>
  readonly receiveStats: () => Promise<RTCStatsReport>
  /** Looks after paths that do not carry: for when the network came back. */
  check(): void
  close(): void
}

export interface TransportsDeps {
  readonly command: Client['command']
  readonly device: Device
  readonly roomId: string
  readonly joined: CommandReply<'call:join'>
  readonly path: CallPath
  /** The paths cannot be mended: the call has to be joined anew. Once. */
  readonly onBroken: () => void
}

export function openTransports({
  command,
  device,
  roomId,
  joined,
  path,
  onBroken,
}: TransportsDeps): CallTransports {
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let isClosed = false
  const toOptions = ({ transportId, ...offer }: typeof joined.sendTransport) => ({
    id: transportId,
    ...offer,
    ...(path === 'relay' ? { iceTransportPolicy: 'relay' as const } : {}),
    /** True because it is what the server's own mediasoup says. */
    iceServers: joined.iceServers as RTCIceServer[],
  })
  /** The contract's types are mediasoup's own, written as schemas. */
  const send = device.createSendTransport(toOptions(alongPath(joined.sendTransport, path)) as never)
  const receive = device.createRecvTransport(toOptions(alongPath(joined.receiveTransport, path)) as never)
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
  /** One restart at a time: asking twice would make the first answer worthless. */
  const mending = new Set<Transport>()
  function mend(transport: Transport): void {
    if (isClosed || mending.has(transport)) return
    mending.add(transport)
    restart(transport).catch((error: unknown) => {
      // Without a socket nobody can be asked: `check` tries again when it is back, and the time runs on.
      if (codeOf(error) === 'unavailable' || codeOf(error) === 'timeout') mending.delete(transport)
      else giveUp()
    })
    after(giveUpAfterMs, () => {
      mending.delete(transport)
      if (transport.connectionState !== 'connected') giveUp()
    })
  }

  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const request = { roomId, transportId: transport.id, dtlsParameters: dtlsParameters as never }
      // oxlint-disable-next-line promise/no-callback-in-promise -- mediasoup asks by callbacks
      command('call:connect', request).then(() => done(), failed)
    })
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') mending.delete(transport)
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
        ...shapes[source],
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
      return receive.consume({
        id: offer.consumerId,
        producerId,
        kind: offer.kind,
        rtpParameters: offer.rtpParameters as never,
      })
    },
    sendStats: () => send.getStats(),
    receiveStats: () => receive.getStats(),
    check: () => {
      for (const transport of [send, receive])
        if (transport.connectionState === 'disconnected' || transport.connectionState === 'failed')
          mend(transport)
    },
    close,
  }
}

/** Sound is sent before pictures when there is not room for both. */
const first = { priority: 'high', networkPriority: 'high' } as const

const shapes: Readonly<Record<MediaSource, ProducerOptions>> = {
  microphone: {
    encodings: [first],
    // Silence costs nothing, and what is lost is mended from the packet after.
    codecOptions: { opusDtx: true, opusFec: true, opusStereo: false, opusMaxAverageBitrate: voiceMaxBps },
  },
  'screen-audio': {
    encodings: [first],
    codecOptions: { opusFec: true, opusStereo: true, opusMaxAverageBitrate: screenAudioMaxBps },
  },
  camera: { encodings: cameraEncodings },
  screen: { encodings: [{ maxBitrate: screenMaxBps }] },
}
