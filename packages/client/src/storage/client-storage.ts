import type { CurrentSession, OutboxEntry } from '../client.ts'

/** What a device keeps over reloads. Adapters: memory and IndexedDB, held by one behaviour suite. */
export interface ClientStorage {
  /** Who was signed in last, for starting without a network. */
  loadSession(): Promise<CurrentSession | undefined>
  saveSession(session: CurrentSession): Promise<void>
  /** Forgets the session and everything of the account. */
  clear(userId: string): Promise<void>
  /** The account's messages that are not acknowledged yet. Close it when the account signs out. */
  openOutbox(userId: string): Promise<OutboxStore>
  close(): Promise<void>
}

export interface OutboxStore {
  /** Everything kept, in sending order. */
  list(): Promise<OutboxEntry[]>
  put(entry: OutboxEntry): Promise<void>
  /** Deleting what is not there is harmless. */
  remove(clientMessageId: string): Promise<void>
  close(): Promise<void>
}
