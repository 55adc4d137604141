import type { Message } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { deletableMs, mayDelete } from './may-delete.ts'

const message: Message = {
  roomId: 'r',
  seq: 1,
  ordinal: 1,
  authorId: 'me',
  clientMessageId: 'c',
  sentAt: 1_000,
  text: 'x',
}

test('my own message can be deleted for 24 hours', () => {
  expect(mayDelete(message, true, 1_000)).toBe(true)
  expect(mayDelete(message, true, 999 + deletableMs)).toBe(true)
  expect(mayDelete(message, true, 1_000 + deletableMs)).toBe(false)
})

test('neither what others wrote nor what is deleted already', () => {
  expect(mayDelete(message, false, 1_000)).toBe(false)
  expect(mayDelete({ ...message, deletedAt: 2_000 }, true, 2_000)).toBe(false)
})
