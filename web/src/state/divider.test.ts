import { expect, test } from 'vitest'
import { arriveBelow, enterRoom, lookChanged, ownMessageSent, placeSeen, scrolled } from './divider.ts'

const entered = (unread: number) => enterRoom({ readSeq: 10, unread, isLooking: true })

test('it stands where I had read to, and only if something was unread', () => {
  expect(entered(3).afterSeq).toBe(10)
  expect(entered(0).afterSeq).toBeUndefined()
})

test('it stays while reading, also when further messages come', () => {
  const seen = placeSeen(entered(3), true)
  expect(arriveBelow(arriveBelow(seen, 14), 15).afterSeq).toBe(10)
})

test('my own message clears it', () => {
  expect(ownMessageSent(entered(3)).afterSeq).toBeUndefined()
})

test('seen and back at the bottom, it has served', () => {
  const up = scrolled(placeSeen(entered(3), true), false)
  expect(up.afterSeq).toBe(10)
  expect(scrolled(up, true).afterSeq).toBeUndefined()
})

test('back at the bottom without having seen it, it stays', () => {
  expect(scrolled(scrolled(entered(3), false), true).afterSeq).toBe(10)
})

test('a new unread run while I look away places it anew once it was passed', () => {
  const passed = placeSeen(entered(3), true)
  const away = lookChanged(passed, false)
  const first = arriveBelow(away, 14)
  expect(first.afterSeq).toBe(13)
  // The rest of the run does not move it.
  expect(arriveBelow(first, 15).afterSeq).toBe(13)
})

test('a new unread run while I am scrolled up begins at its first message', () => {
  const up = scrolled(entered(0), false)
  const run = arriveBelow(arriveBelow(up, 14), 15)
  expect(run).toMatchObject({ afterSeq: 13, newBelow: 2 })
  expect(scrolled(run, true).newBelow).toBe(0)
})

test('while I look at the bottom, new messages place nothing', () => {
  expect(arriveBelow(entered(0), 14)).toMatchObject({ newBelow: 0 })
  expect(arriveBelow(entered(0), 14).afterSeq).toBeUndefined()
})

test('on screen while nobody looks, it is not seen until somebody looks', () => {
  const away = lookChanged(entered(3), false)
  const shown = placeSeen(away, true)
  expect(shown.wasSeen).toBe(false)
  expect(lookChanged(shown, true).wasSeen).toBe(true)
})
