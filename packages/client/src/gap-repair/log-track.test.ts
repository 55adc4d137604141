import { expect, test } from 'vitest'
import { createLogTrack } from './log-track.ts'

test('a head that was told before the beginning is not forgotten; one of before beginning anew is', () => {
  const track = createLogTrack<{ readonly seq: number }>()
  track.noteHead(99)
  expect(track.restart(98)).toEqual([])
  expect([track.have(), track.head()]).toEqual([98, 99])
  track.restart(5)
  expect([track.have(), track.head()]).toEqual([5, 5])
})
