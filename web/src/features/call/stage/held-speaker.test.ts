import { expect, test } from 'vitest'
import { holdSpeaker } from './held-speaker.ts'

const otherPeerIds = ['ada', 'bora']
const at = (nowMs: number, speakerPeerId?: string) => ({ speakerPeerId, otherPeerIds, nowMs })

test('a short word takes nobody off the large tile; a longer one does', () => {
  const ada = holdSpeaker(undefined, at(0, 'ada'))
  expect(ada?.peerId).toBe('ada')
  expect(holdSpeaker(ada, at(1_000, 'bora'))).toBe(ada)
  expect(holdSpeaker(ada, at(3_000, 'bora'))?.peerId).toBe('bora')
})

test('one’s own voice moves nothing', () => {
  const ada = holdSpeaker(undefined, at(0, 'ada'))
  expect(holdSpeaker(ada, at(9_000, 'me'))).toBe(ada)
})

test('who left is let go at once, and with nobody there is nobody', () => {
  const gone = { peerId: 'chan', sinceMs: 0 }
  expect(holdSpeaker(gone, at(10))?.peerId).toBe('ada')
  expect(holdSpeaker(gone, { speakerPeerId: undefined, otherPeerIds: [], nowMs: 10 })).toBeUndefined()
})
