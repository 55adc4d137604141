import { expect, test } from 'vitest'
import { clearDrafts, createDrafts } from './drafts.ts'

function memoryStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (name) => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: (name) => void entries.delete(name),
    clear: () => entries.clear(),
  }
}

test('a draft is kept per room and goes when it is emptied', () => {
  const storage = memoryStorage()
  const drafts = createDrafts(storage)
  drafts.save('a', '안녕')
  drafts.save('b', 'hello')
  expect(drafts.load('a')).toBe('안녕')
  drafts.save('a', '  ')
  expect(drafts.load('a')).toBe('')
  expect(drafts.load('b')).toBe('hello')
})

test('signing out forgets every draft and nothing else', () => {
  const storage = memoryStorage()
  storage.setItem('our-now.settings', '{}')
  const drafts = createDrafts(storage)
  for (const roomId of ['a', 'b', 'c']) drafts.save(roomId, 'text')
  clearDrafts(storage)
  expect(storage.length).toBe(1)
})

test('a storage that throws disturbs nobody', () => {
  const refuse = () => {
    throw new Error('full')
  }
  const drafts = createDrafts({ getItem: refuse, setItem: refuse, removeItem: refuse })
  drafts.save('a', 'text')
  expect(drafts.load('a')).toBe('')
})
