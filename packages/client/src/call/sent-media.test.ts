import type { CommandName } from '@our-now/contracts/socket.ts'
import type { Producer } from 'mediasoup-client/types'
import { expect, test } from 'vitest'
import type { Client } from '../client.ts'
import { ClientError } from '../client-error.ts'
import type { CallTransports } from './call-transports.ts'
import { createSentMedia } from './sent-media.ts'

/** As far as this code looks at one. */
const aTrack = (readyState = 'live') => ({ readyState }) as unknown as MediaStreamTrack

/** A place in a call whose producers come when they are let: `made` counts them. */
function aPlace() {
  const waiting: (() => void)[] = []
  const made: { track: MediaStreamTrack; closed: boolean }[] = []
  const isHeld = { now: false }
  const transports = {
    send: async (_source: string, track: MediaStreamTrack) => {
      if (isHeld.now) await new Promise<void>((resolve) => waiting.push(resolve))
      const producer = {
        id: `producer-${made.length}`,
        track,
        closed: false,
        pause: () => undefined,
        resume: () => undefined,
        close: () => {
          producer.closed = true
        },
        replaceTrack: async (next: { track: MediaStreamTrack }) => {
          producer.track = next.track
        },
      }
      made.push(producer)
      return producer as unknown as Producer
    },
  } as unknown as CallTransports
  return { transports, made, isHeld, letGo: () => waiting.splice(0).forEach((go) => go()) }
}
function aDevice() {
  const told: string[] = []
  const isCutOff = { now: false }
  /** True as far as this code asks: it wants no answer. */
  const command = (async (
    _name: CommandName,
    { producerId, state }: { producerId: string; state: string },
  ) => {
    if (isCutOff.now) throw new ClientError({ code: 'unavailable', message: 'cut off' })
    told.push(`${producerId} ${state}`)
    return {}
  }) as unknown as Client['command']
  return { told, isCutOff, sent: createSentMedia(command, 'room') }
}

test('a mute while the producer is being made is told as soon as it is there', async () => {
  const [{ told, sent }, place] = [aDevice(), aPlace()]
  await sent.enter(place.transports)
  place.isHeld.now = true
  const sending = sent.setTrack('microphone', aTrack())
  // The producer is asked for before the mute.
  await new Promise((resolve) => setImmediate(resolve))
  const muting = sent.setPaused('microphone', true)
  place.letGo()
  await Promise.all([sending, muting])
  expect(told).toEqual(['producer-0 paused'])
})

test('a producer that comes when its place is lost is closed, and the next place has its own', async () => {
  const [{ sent }, lost, next] = [aDevice(), aPlace(), aPlace()]
  await sent.enter(lost.transports)
  lost.isHeld.now = true
  const sending = sent.setTrack('camera', aTrack())
  await new Promise((resolve) => setImmediate(resolve))
  sent.drop()
  const entering = sent.enter(next.transports)
  lost.letGo()
  await Promise.all([sending, entering])
  expect(lost.made.map(({ closed }) => closed)).toEqual([true])
  expect(next.made.map(({ closed }) => closed)).toEqual([false])
})

test('another track goes through the same producer; the end of a source is told', async () => {
  const [{ told, sent }, place] = [aDevice(), aPlace()]
  await sent.enter(place.transports)
  await sent.setTrack('screen', aTrack())
  const other = aTrack()
  await sent.setTrack('screen', other)
  expect(place.made).toHaveLength(1)
  expect(place.made[0]?.track).toBe(other)
  await sent.setTrack('screen', undefined)
  expect(told).toEqual(['producer-0 closed'])
  expect(sent.state()).toEqual({})
})

test('a camera that was turned off is not sent to a new place until it is on again', async () => {
  const [{ sent }, place] = [aDevice(), aPlace()]
  await sent.setTrack('camera', aTrack('ended'))
  await sent.setPaused('camera', true)
  await sent.enter(place.transports)
  expect(place.made).toEqual([])
  await sent.setTrack('camera', aTrack())
  await sent.setPaused('camera', false)
  expect(place.made).toHaveLength(1)
  expect(sent.state()).toEqual({ camera: { isPaused: false } })
})

test('what could not be told without a connection is told later: a mute, and the end of a screen', async () => {
  const [{ told, sent, isCutOff }, place] = [aDevice(), aPlace()]
  await sent.enter(place.transports)
  await sent.setTrack('microphone', aTrack())
  await sent.setTrack('screen', aTrack())
  isCutOff.now = true
  await expect(sent.setPaused('microphone', true)).rejects.toThrow('cut off')
  await expect(sent.setTrack('screen', undefined)).rejects.toThrow('cut off')
  isCutOff.now = false
  await sent.repair()
  await sent.repair()
  expect(told).toEqual(['producer-0 paused', 'producer-1 closed'])
})
