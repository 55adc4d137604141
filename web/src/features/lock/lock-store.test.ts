import { expect, test, vi } from 'vitest'
import { isIdle } from './is-idle.ts'
import { createLockStore } from './lock-store.ts'

test('a lock is its person’s, and holds over a reload until it is opened', () => {
  createLockStore(localStorage, window).lock('ada')
  const store = createLockStore(localStorage, window)
  expect(store.isLocked('ada')).toBe(true)
  expect(store.isLocked('ben')).toBe(false)
  store.unlock()
  expect(createLockStore(localStorage, window).isLocked('ada')).toBe(false)
})

test('every tab hears of a lock in another one', () => {
  const store = createLockStore(localStorage, window)
  const heard = vi.fn()
  const stop = store.subscribe(heard)
  dispatchEvent(new StorageEvent('storage', { key: 'our-now.lock' }))
  dispatchEvent(new StorageEvent('storage', { key: 'something-else' }))
  store.lock('ada')
  expect(heard).toHaveBeenCalledTimes(2)
  stop()
  store.unlock()
  expect(heard).toHaveBeenCalledTimes(2)
})

test('where the browser stores nothing the lock holds until the page is closed', () => {
  const refuse = () => {
    throw new Error('storage is off')
  }
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
  const store = createLockStore(storage, window)
  store.lock('ada')
  expect(store.isLocked('ada')).toBe(true)
  store.unlock()
  expect(store.isLocked('ada')).toBe(false)
})

test('a device is idle after its minutes; never where it is off, and not before its first use', () => {
  const used = { usedAt: 1_000_000, minutes: 5 }
  expect(isIdle({ ...used, nowMs: 1_299_999 })).toBe(false)
  expect(isIdle({ ...used, nowMs: 1_300_000 })).toBe(true)
  expect(isIdle({ ...used, nowMs: 9_000_000, minutes: 0 })).toBe(false)
  expect(isIdle({ ...used, nowMs: 9_000_000, usedAt: 0 })).toBe(false)
  // The clock was set back.
  expect(isIdle({ ...used, nowMs: 500_000 })).toBe(false)
})
