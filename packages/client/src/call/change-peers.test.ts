import type { CallPeer, CallProducer } from '@our-now/contracts/media.ts'
import { expect, test } from 'vitest'
import { changePeers } from './change-peers.ts'

const camera = (producerId: string): CallProducer => ({
  producerId,
  kind: 'video',
  source: 'camera',
  isPaused: false,
})
const ada: CallPeer = { peerId: 'a', userId: 'u-a', isHandRaised: false, producers: [camera('c1')] }

test('who joins twice is there once', () => {
  const joined = { kind: 'peer-joined', peer: ada } as const
  expect(changePeers(changePeers([], joined), joined)).toEqual([ada])
})

test('a new camera takes the place of the old one, whose end may be told later', () => {
  const [peer] = changePeers([ada], { kind: 'producer-changed', peerId: 'a', producer: camera('c2') })
  expect(peer?.producers).toEqual([camera('c2')])
  const late = { kind: 'producer-closed', peerId: 'a', producerId: 'c1' } as const
  expect(changePeers(peer === undefined ? [] : [peer], late)[0]?.producers).toEqual([camera('c2')])
})

test('what is told of somebody who left changes nothing', () => {
  expect(changePeers([ada], { kind: 'hand', peerId: 'gone', isHandRaised: true })).toEqual([ada])
  expect(changePeers([ada], { kind: 'peer-left', peerId: 'a' })).toEqual([])
})
