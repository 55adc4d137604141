import type { CallLine } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { createI18n } from '../i18n/create-i18n.ts'
import { callText, lengthText } from './call-text.ts'

const { t } = createI18n('ko')
const aLine = (change: Partial<CallLine>): CallLine => ({
  callId: 'c',
  isVideo: false,
  outcome: 'answered',
  durationMs: 0,
  ...change,
})

test('a length is told in the two largest units', () => {
  expect([45_000, 192_000, 3_725_000].map((ms) => lengthText(ms, t))).toEqual([
    '45초',
    '3분 12초',
    '1시간 2분',
  ])
})

test('a missed call reads differently for who called and who was called', () => {
  const missed = aLine({ outcome: 'missed' })
  expect([callText(missed, true, t), callText(missed, false, t)]).toEqual(['응답이 없습니다', '부재중 전화'])
})

test('a call that took place says what it was and how long', () => {
  expect(callText(aLine({ isVideo: true, durationMs: 61_000 }), false, t)).toBe('영상 통화 1분 1초')
})
