import { expect, test } from 'vitest'
import { formatAgo, formatDay, formatListTime, formatTime } from './format-time.ts'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-22T21:00:00')

test('a time of today is shown as hour and minute with 오전 or 오후', () => {
  expect(formatListTime(at('2026-11-22T09:05:00'), now, 'ko')).toBe('오전 9:05')
  expect(formatListTime(at('2026-11-22T15:05:00'), now, 'ko')).toBe('오후 3:05')
  expect(formatTime(at('2026-11-22T15:05:00'), 'en')).toBe('3:05 PM')
})

test('the day before is 어제, however few hours ago', () => {
  expect(formatListTime(at('2026-11-21T23:59:00'), at('2026-11-22T00:01:00'), 'ko')).toBe('어제')
  expect(formatListTime(at('2026-11-21T00:00:00'), now, 'en')).toBe('Yesterday')
})

test('this year is month and day, earlier years are whole dates', () => {
  expect(formatListTime(at('2026-01-05T12:00:00'), now, 'ko')).toBe('1월 5일')
  expect(formatListTime(at('2025-12-31T12:00:00'), now, 'ko')).toBe('2025. 12. 31.')
  expect(formatListTime(at('2026-01-05T12:00:00'), now, 'en')).toBe('Jan 5')
  expect(formatListTime(at('2025-12-31T12:00:00'), now, 'en')).toBe('Dec 31, 2025')
})

test('yesterday stays 어제 over the turn of the year', () => {
  expect(formatListTime(at('2025-12-31T12:00:00'), at('2026-01-01T00:30:00'), 'ko')).toBe('어제')
})

test('a clock that runs behind the server shows the time, not tomorrow', () => {
  expect(formatListTime(at('2026-11-22T21:00:30'), now, 'ko')).toBe('오후 9:00')
})

test('a day separator has year, month, day and weekday', () => {
  expect(formatDay(at('2026-01-05T12:00:00'), 'ko')).toBe('2026년 1월 5일 월요일')
  expect(formatDay(at('2026-01-05T12:00:00'), 'en')).toBe('Monday, January 5, 2026')
})

test('how long ago is said coarsely', () => {
  expect(formatAgo(now - 20_000, now, 'ko')).toBe('방금')
  expect(formatAgo(now - 3 * 60_000, now, 'ko')).toBe('3분 전')
  expect(formatAgo(now - 5 * 3_600_000, now, 'en')).toBe('5 hours ago')
  expect(formatAgo(now - 26 * 3_600_000, now, 'ko')).toBe('어제')
})
