import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { CachedHome, CachedPage, RoomCache } from './room-cache.ts'

const maxPages = 50

interface CacheSchema extends DBSchema {
  home: { key: string; value: CachedHome }
  pages: { key: string; value: CachedPage; indexes: { bySavedAt: number } }
}

const nameOf = (userId: string) => `our-now:${userId}:rooms`

/** The cache in one small database per account. */
export function createIndexedDbRoomCache(): RoomCache {
  let database: IDBPDatabase<CacheSchema> | undefined

  /** A browser that forbids storage, a full disk, another tab's upgrade: the app goes on without a cache. */
  async function quietly<T>(work: (opened: IDBPDatabase<CacheSchema>) => Promise<T>): Promise<T | undefined> {
    if (!database) return undefined
    try {
      return await work(database)
    } catch {
      return undefined
    }
  }

  return {
    open: async (userId) => {
      database?.close()
      database = await openDB<CacheSchema>(nameOf(userId), 1, {
        upgrade: (opened) => {
          opened.createObjectStore('home')
          opened.createObjectStore('pages', { keyPath: 'roomId' }).createIndex('bySavedAt', 'savedAtMs')
        },
      }).catch(() => undefined)
    },
    loadHome: () => quietly((opened) => opened.get('home', 'home')),
    saveHome: async (home) => void (await quietly((opened) => opened.put('home', home, 'home'))),
    loadPage: (roomId) => quietly((opened) => opened.get('pages', roomId)),
    savePage: async (page) => {
      await quietly(async (opened) => {
        await opened.put('pages', page)
        const ids = await opened.getAllKeysFromIndex('pages', 'bySavedAt')
        for (const old of ids.slice(0, Math.max(0, ids.length - maxPages))) await opened.delete('pages', old)
      })
    },
    clear: async () => {
      await quietly(async (opened) => {
        await opened.clear('home')
        await opened.clear('pages')
        opened.close()
      })
      database = undefined
    },
  }
}
