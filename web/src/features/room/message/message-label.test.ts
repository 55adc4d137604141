import { expect, test } from 'vitest'
import { createI18n } from '../../../shared/i18n/create-i18n.ts'
import { messageLabel } from './message-label.ts'

const { t } = createI18n('ko')
const aMessage = { name: '민수', text: '안녕\n하세요', isDeleted: false, time: '오후 3:20', unread: 0 }

test('a message is spoken with its name, words, time and who has not read it', () => {
  expect(messageLabel(aMessage, t)).toBe('민수, 안녕 하세요, 오후 3:20')
  expect(messageLabel({ ...aMessage, unread: 2 }, t)).toBe('민수, 안녕 하세요, 오후 3:20, 2명 안 읽음')
})

test('a deleted message says only that', () => {
  expect(messageLabel({ ...aMessage, text: '', isDeleted: true }, t)).toBe(
    '민수, 삭제된 메시지입니다., 오후 3:20',
  )
})

test('a failed message says so and why', () => {
  const label = messageLabel({ ...aMessage, sendState: 'failed', failure: '너무 깁니다.' }, t)
  expect(label).toBe('민수, 안녕 하세요, 오후 3:20, 전송하지 못했습니다, 너무 깁니다.')
})
