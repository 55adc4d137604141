import { beforeEach, expect, test, vi } from 'vitest'
import { isIdle } from './is-idle.ts'
import { createLockStore } from './lock-store.ts'

let stored: Map<string, string>
let events: EventTarget
beforeEach(() => {
  stored = new Map()
  events = new EventTarget()
})
/** A tab of the same browser. */
const openTab = () =>
  createLockStore(
    {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    events,
  )
const tellOfChange = (key: string) => events.dispatchEvent(Object.assign(new Event('storage'), { key }))

test('a lock is its person’s, and holds over a reload until it is opened', () => {
  openTab().lock('ada')
  const store = openTab()
  expect(store.isLocked('ada')).toBe(true)
  expect(store.isLocked('ben')).toBe(false)
  store.unlock()
  expect(openTab().isLocked('ada')).toBe(false)
})

test('every tab hears of a lock in another one', () => {
  const store = openTab()
  const heard = vi.fn()
  const stop = store.subscribe(heard)
  tellOfChange('our-now.lock')
  tellOfChange('something-else')
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
  const store = createLockStore(storage, events)
  store.lock('ada')
  expect(store.isLocked('ada')).toBe(true)
  store.unlock()
  expect(store.isLocked('ada')).toBe(false)
})

test('where the storage is full the device is in use now, not when something was last stored', () => {
  stored.set('our-now.used-at', '1000')
  const full = () => {
    throw new Error('quota exceeded')
  }
  const getItem = (key: string) => stored.get(key) ?? null
  const store = createLockStore(
    { getItem, setItem: full, removeItem: (key) => void stored.delete(key) },
    events,
  )
  store.noteUsed(900_000)
  expect(store.usedAt()).toBe(900_000)
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
