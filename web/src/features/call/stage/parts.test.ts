import type { CallState, CallTile } from '@our-now/client/call/call-state.ts'
import { expect, test } from 'vitest'
import { mainPartOf, toParts } from './parts.ts'

const tile = (peerId: string, ...sources: ('camera' | 'screen')[]): CallTile => ({
  peerId,
  userId: `u-${peerId}`,
  isHandRaised: false,
  media: sources.map((source) => ({ producerId: `${peerId}-${source}`, source, isPaused: false })),
})
const partsOf = (...tiles: CallTile[]) => {
  const state: CallState = {
    status: 'joined',
    tiles,
    sent: {},
    isHandRaised: false,
    quality: {},
    myPeerId: 'mine',
    speakerPeerId: 'bora',
  }
  return toParts({
    state,
    local: { microphone: { isOn: true }, camera: { isOn: false } },
    ownScreen: undefined,
    me: { userId: 'u-me', displayName: 'me' },
    nameOf: (userId) => userId,
  })
}
const looks = { layout: 'auto', pinnedKey: undefined, speakerPeerId: 'bora' } as const

test('a shared screen stands before the one who shares it, oneself stands last', () => {
  const parts = partsOf(tile('ada', 'camera', 'screen'), tile('bora'))
  expect(parts.map(({ key }) => key)).toEqual(['ada:screen', 'ada', 'bora', 'me'])
  expect(parts.map(({ producerId }) => producerId)).toEqual([
    'ada-screen',
    'ada-camera',
    undefined,
    undefined,
  ])
})

test('without a microphone one is muted, and nobody muted is marked as speaking', () => {
  const parts = partsOf(tile('bora'))
  expect(parts.map(({ isMuted, isSpeaking }) => [isMuted, isSpeaking])).toEqual([
    [true, false],
    [true, false],
  ])
})

test('large is what was pinned, else a screen, else in the spotlight the speaker', () => {
  const sharing = partsOf(tile('ada', 'screen'), tile('bora'))
  expect(mainPartOf(sharing, { ...looks, pinnedKey: 'ada' })?.key).toBe('ada')
  expect(mainPartOf(sharing, looks)?.key).toBe('ada:screen')
  expect(mainPartOf(sharing, { ...looks, layout: 'grid' })).toBeUndefined()
  const talking = partsOf(tile('ada'), tile('bora'))
  expect(mainPartOf(talking, looks)).toBeUndefined()
  expect(mainPartOf(talking, { ...looks, layout: 'spotlight' })?.key).toBe('bora')
  expect(mainPartOf(talking, { ...looks, pinnedKey: 'gone' })).toBeUndefined()
})
