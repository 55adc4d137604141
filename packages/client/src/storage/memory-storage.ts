import type { CurrentSession, OutboxEntry } from '../client.ts'
import type { ClientStorage } from './client-storage.ts'

/** Keeps everything as long as the object lives: two clients over one object are two tabs of one device. */
export function createMemoryStorage(): ClientStorage {
  let session: CurrentSession | undefined
  const outboxes = new Map<string, Map<string, OutboxEntry>>()
  return {
    loadSession: async () => session,
    saveSession: async (current) => {
      session = current
    },
    clear: async (userId) => {
      session = undefined
      outboxes.get(userId)?.clear()
    },
    openOutbox: async (userId) => {
      const entries = outboxes.get(userId) ?? new Map<string, OutboxEntry>()
      outboxes.set(userId, entries)
      return {
        list: async () => [...entries.values()].toSorted((a, b) => a.position - b.position),
        put: async (entry) => void entries.set(entry.clientMessageId, entry),
        remove: async (clientMessageId) => void entries.delete(clientMessageId),
        close: async () => undefined,
      }
    },
    close: async () => undefined,
  }
}
