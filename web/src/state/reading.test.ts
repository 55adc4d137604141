import { expect, test } from 'vitest'
import { isLooking, watchAttention } from './attention.ts'
import { seqToMark } from './reading.ts'

const looking = { openRoomId: 'room', isLooking: true, hasLines: true, receivedSeq: 12, readSeq: 7 }

test('what was received is read when the room is open and somebody looks', () => {
  expect(seqToMark(looking)).toBe(12)
})

test.each([
  ['no room is open', { openRoomId: undefined }],
  ['nobody looks', { isLooking: false }],
  ['the lines are still on their way', { hasLines: false }],
  ['nothing was received yet', { receivedSeq: undefined }],
  ['all of it is read already', { readSeq: 12 }],
])('nothing is read when %s', (_, change) => {
  expect(seqToMark({ ...looking, ...change })).toBeUndefined()
})

test('looking means visible and focused', () => {
  const page = (visibilityState: DocumentVisibilityState, focused: boolean) => ({
    visibilityState,
    hasFocus: () => focused,
  })
  expect(isLooking(page('visible', true))).toBe(true)
  expect(isLooking(page('visible', false))).toBe(false)
  expect(isLooking(page('hidden', true))).toBe(false)
  expect(isLooking(undefined)).toBe(false)
})

test('attention is told when it changes, not on every event', () => {
  let focused = true
  // A page as far as attention needs one: events, visibility and focus.
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible', hasFocus: () => focused })
  const frame = new EventTarget()
  const told: boolean[] = []
  const stop = watchAttention(
    (now) => told.push(now),
    page as unknown as Document,
    frame as unknown as Window,
  )
  frame.dispatchEvent(new Event('focus'))
  focused = false
  frame.dispatchEvent(new Event('blur'))
  page.dispatchEvent(new Event('visibilitychange'))
  focused = true
  frame.dispatchEvent(new Event('focus'))
  stop()
  focused = false
  frame.dispatchEvent(new Event('blur'))
  expect(told).toEqual([false, true])
})
