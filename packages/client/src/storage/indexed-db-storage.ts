import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { CurrentSession, OutboxEntry } from '../client.ts'
import type { ClientStorage, OutboxStore } from './client-storage.ts'

interface DeviceSchema extends DBSchema {
  device: { key: string; value: CurrentSession }
}
interface AccountSchema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { byPosition: number } }
}

const deviceName = 'our-now'
const accountName = (userId: string) => `our-now:${userId}`

/** One small database for the device and one per account, so that signing out deletes a whole database. */
export function createIndexedDbStorage(): ClientStorage {
  const device = openDB<DeviceSchema>(deviceName, 1, {
    upgrade: (database) => void database.createObjectStore('device'),
  })
  // Nobody may be waiting for it yet: whoever asks later hears of the failure.
  device.catch(() => undefined)
  return {
    loadSession: async () => (await device).get('device', 'session'),
    saveSession: async (session) => void (await (await device).put('device', session, 'session')),
    clear: async (userId) => {
      await (await device).delete('device', 'session')
      await emptyAccount(userId)
    },
    openOutbox: async (userId) => openOutboxStore(await openAccount(userId)),
    close: async () => (await device).close(),
  }
}

function openAccount(userId: string): Promise<IDBPDatabase<AccountSchema>> {
  return openDB<AccountSchema>(accountName(userId), 1, {
    upgrade: (database) => {
      const outbox = database.createObjectStore('outbox', { keyPath: 'clientMessageId' })
      outbox.createIndex('byPosition', 'position')
    },
    // Another tab deletes or upgrades: make way instead of blocking it.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}

function openOutboxStore(database: IDBPDatabase<AccountSchema>): OutboxStore {
  return {
    list: () => database.getAllFromIndex('outbox', 'byPosition'),
    put: async (entry) => void (await database.put('outbox', entry)),
    remove: (clientMessageId) => database.delete('outbox', clientMessageId),
    close: async () => database.close(),
  }
}

/** Emptied first: deleting waits for other tabs, and what was written must be gone at once. */
async function emptyAccount(userId: string): Promise<void> {
  const database = await openAccount(userId)
  await database.clear('outbox')
  database.close()
  // Not awaited: it ends when the last tab has let go.
  void deleteDB(accountName(userId)).catch(() => undefined)
}
