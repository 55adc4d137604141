import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import { createIndexedDbRoomCache } from './indexed-db-room-cache.ts'

const aPage = (n: number) => ({ roomId: `room-${n}`, lines: [], hasBefore: false, liveSeq: n, savedAtMs: n })

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

test('home and pages survive a reload', async () => {
  const first = createIndexedDbRoomCache()
  await first.open('ada')
  await first.saveHome({ rooms: [], friends: [] })
  await first.savePage(aPage(1))
  const second = createIndexedDbRoomCache()
  await second.open('ada')
  expect(await second.loadHome()).toEqual({ rooms: [], friends: [] })
  expect(await second.loadPage('room-1')).toEqual(aPage(1))
})

test('only the 50 pages saved last are kept', async () => {
  const cache = createIndexedDbRoomCache()
  await cache.open('ada')
  for (let n = 1; n <= 53; n += 1) await cache.savePage(aPage(n))
  expect(await cache.loadPage('room-3')).toBeUndefined()
  expect(await cache.loadPage('room-4')).toEqual(aPage(4))
})

test('clearing leaves nothing, and other accounts see nothing of it', async () => {
  const cache = createIndexedDbRoomCache()
  await cache.open('ada')
  await cache.savePage(aPage(1))
  await cache.open('ben')
  expect(await cache.loadPage('room-1')).toBeUndefined()
  await cache.open('ada')
  await cache.clear()
  await cache.open('ada')
  expect(await cache.loadPage('room-1')).toBeUndefined()
})

test('without a storage reads answer nothing and writes are given up', async () => {
  Object.defineProperty(globalThis, 'indexedDB', {
    value: {
      open: () => {
        throw new Error('refused')
      },
    },
    writable: true,
  })
  const cache = createIndexedDbRoomCache()
  await cache.open('ada').catch(() => undefined)
  await cache.savePage(aPage(1))
  expect(await cache.loadPage('room-1')).toBeUndefined()
})
