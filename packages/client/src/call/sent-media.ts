import type { MediaSource } from '@our-now/contracts/media.ts'
import type { Producer } from 'mediasoup-client/types'
import type { Client } from '../client.ts'
import { codeOf } from '../client-error.ts'
import { fullPictureBps } from './bitrates.ts'
import type { CallState } from './call-state.ts'
import type { CallTransports } from './call-transports.ts'

interface Wanted {
  readonly track: MediaStreamTrack
  readonly isPaused: boolean
}
interface Flowing {
  readonly producer: Producer
  readonly isPaused: boolean
}

/** What this device sends: wishes outlive a place in the call, producers do not. */
export interface SentMedia {
  state(): CallState['sent']
  setTrack(source: MediaSource, track: MediaStreamTrack | undefined): Promise<void>
  setPaused(source: MediaSource, isPaused: boolean): Promise<void>
  /** From now on through these. Sound goes first. What fails is tried again by `repair`. */
  enter(transports: CallTransports): Promise<void>
  /** Tries again what did not work. */
  repair(): Promise<void>
  /** The place is gone, and its producers with it. */
  drop(): void
  /** What the server was last told of a source; undefined while that is not what is wanted. Another after every change. */
  settled(source: MediaSource): { readonly isPaused: boolean } | undefined
  /** How many people see what is sent, this device among them. */
  noteAudience(peers: number): void
}

/** Sound before pictures: who is heard at once is there at once. */
const order: readonly MediaSource[] = ['microphone', 'screen-audio', 'camera', 'screen']

export function createSentMedia(command: Client['command'], roomId: string): SentMedia {
  const wanted = new Map<MediaSource, Wanted>()
  const flowing = new Map<MediaSource, Flowing>()
  /** One change of a source at a time: a mute during the making of a producer waits for it. */
  const queues = new Map<MediaSource, Promise<void>>()
  let transports: CallTransports | undefined
  let peers = 2

  function settle(source: MediaSource): Promise<void> {
    const next = (queues.get(source) ?? Promise.resolve()).catch(() => undefined).then(() => steps(source))
    queues.set(source, next)
    return next
  }
  async function steps(source: MediaSource): Promise<void> {
    while (await step(source)) continue
  }
  /** One step from what flows to what is wanted. Answers whether there was one to make. */
  async function step(source: MediaSource): Promise<boolean> {
    const [place, want, have] = [transports, wanted.get(source), flowing.get(source)]
    if (place === undefined) return false
    const isLive = want?.track.readyState === 'live'
    if (have === undefined) {
      if (want === undefined || !isLive) return false
      const producer = await place.send(source, want.track, want.isPaused)
      if (place !== transports) producer.close()
      else flowing.set(source, { producer, isPaused: want.isPaused })
      if (source === 'camera') await limit()
      return true
    }
    const { producer } = have
    /** What could not be told is not done: `repair` comes back to it. */
    const tell = (state: 'on' | 'paused' | 'closed') =>
      command('call:set-producer', { roomId, producerId: producer.id, state }).catch((error: unknown) => {
        if (codeOf(error) !== 'not_found') throw error
      })
    if (want === undefined) {
      producer.close()
      await tell('closed')
      if (flowing.get(source) === have) flowing.delete(source)
      return true
    }
    if (producer.closed) {
      // Wanted again before its end could be told: the server ends it when the next one comes.
      flowing.delete(source)
      return true
    }
    if (isLive && producer.track !== want.track) {
      await producer.replaceTrack({ track: want.track })
      return true
    }
    if (have.isPaused === want.isPaused) return false
    if (want.isPaused) producer.pause()
    else producer.resume()
    await tell(want.isPaused ? 'paused' : 'on')
    if (flowing.get(source) === have) flowing.set(source, { producer, isPaused: want.isPaused })
    return true
  }
  async function repair(): Promise<void> {
    for (const source of order) await settle(source).catch(() => undefined)
  }
  /** Holds the full picture to what this many people are worth. */
  async function limit(): Promise<void> {
    const sender = flowing.get('camera')?.producer.rtpSender
    const parameters = sender?.getParameters()
    const full = parameters?.encodings.at(-1)
    if (sender === undefined || parameters === undefined || full === undefined) return
    full.maxBitrate = fullPictureBps(peers)
    // A sender that is being closed refuses; the next one is limited anew.
    await sender.setParameters(parameters).catch(() => undefined)
  }

  return {
    state: () => Object.fromEntries([...wanted].map(([source, { isPaused }]) => [source, { isPaused }])),
    setTrack: (source, track) => {
      if (track === undefined) wanted.delete(source)
      else wanted.set(source, { track, isPaused: wanted.get(source)?.isPaused ?? false })
      return settle(source)
    },
    setPaused: (source, isPaused) => {
      const want = wanted.get(source)
      if (want === undefined) return Promise.resolve()
      wanted.set(source, { ...want, isPaused })
      return settle(source)
    },
    enter: (place) => {
      transports = place
      return repair()
    },
    repair,
    drop: () => {
      transports = undefined
      flowing.clear()
    },
    settled: (source) => {
      const have = flowing.get(source)
      return have?.isPaused === wanted.get(source)?.isPaused ? have : undefined
    },
    noteAudience: (count) => {
      if (fullPictureBps(count) === fullPictureBps(peers)) return
      peers = count
      void limit()
    },
  }
}
