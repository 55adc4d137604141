import type { CallPeer } from '@our-now/contracts/media.ts'
import type { Consumer } from 'mediasoup-client/types'
import { expect, test } from 'vitest'
import type { Client } from '../client.ts'
import type { CallTransports } from './call-transports.ts'
import { createReceivedMedia } from './received-media.ts'

const peer = (peerId: string): CallPeer => ({
  peerId,
  userId: `u-${peerId}`,
  isHandRaised: false,
  producers: [
    { producerId: `${peerId}-camera`, kind: 'video', source: 'camera', isPaused: false },
    { producerId: `${peerId}-voice`, kind: 'audio', source: 'microphone', isPaused: false },
  ],
})

function aDevice() {
  const opened: string[] = []
  const told = new Map<string, string>()
  /** True as far as this code asks: it wants no answer. */
  const command = (async (
    _name: string,
    request: { consumerId: string; isPaused: boolean; spatialLayer?: number },
  ) => {
    told.set(
      request.consumerId,
      request.isPaused ? 'rests' : `flows ${request.spatialLayer ?? 'as it comes'}`,
    )
    return {}
  }) as unknown as Client['command']
  const transports = {
    receive: async (producerId: string) => {
      opened.push(producerId)
      const consumer = {
        id: `to ${producerId}`,
        kind: producerId.endsWith('voice') ? 'audio' : 'video',
        track: { id: `track of ${producerId}` },
        close: () => told.delete(`to ${producerId}`),
      }
      return consumer as unknown as Consumer
    },
  } as unknown as CallTransports
  const received = createReceivedMedia(command, 'room', () => undefined)
  received.enter(transports)
  const expectTold = (expected: Readonly<Record<string, string>>) =>
    expect.poll(() => Object.fromEntries(told)).toEqual(expected)
  return { opened, told, received, expectTold }
}

test('sound is opened before pictures', async () => {
  const { opened, received, expectTold } = aDevice()
  received.follow([peer('ada')])
  await expectTold({ 'to ada-voice': 'flows as it comes', 'to ada-camera': 'flows as it comes' })
  expect(opened).toEqual(['ada-voice', 'ada-camera'])
})

test('pictures that are not on screen rest, the others come as large as their tile; sound goes on', async () => {
  const { received, expectTold } = aDevice()
  received.show(new Map([['ada-camera', 180]]))
  received.follow([peer('ada'), peer('bora')])
  const sounds = { 'to ada-voice': 'flows as it comes', 'to bora-voice': 'flows as it comes' }
  // Nothing is told of what rests from the start.
  await expectTold({ ...sounds, 'to ada-camera': 'flows 0' })
  received.show(new Map([['bora-camera', 900]]))
  await expectTold({ ...sounds, 'to ada-camera': 'rests', 'to bora-camera': 'flows 2' })
})

test('who left is let go', async () => {
  const { told, received } = aDevice()
  received.follow([peer('ada'), peer('bora')])
  await expect.poll(() => told.size).toBe(4)
  received.follow([peer('bora')])
  expect([...told.keys()].toSorted()).toEqual(['to bora-camera', 'to bora-voice'])
  expect(received.trackOf('ada-camera')).toBeUndefined()
})
