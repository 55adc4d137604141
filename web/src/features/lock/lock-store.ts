/** Whether this device shows nothing but the lock: one entry for all tabs, kept over a reload. */
export interface LockStore {
  readonly isLocked: (userId: string) => boolean
  readonly lock: (userId: string) => void
  readonly unlock: () => void
  /** When somebody last used this device, by its clock in ms; 0: unknown. */
  readonly usedAt: () => number
  readonly noteUsed: (nowMs: number) => void
  /** Told when the lock changes, here or in another tab. Answers how to stop. */
  readonly subscribe: (listener: () => void) => () => void
}

const lockKey = 'our-now.lock'
const usedKey = 'our-now.used-at'

/** @param storage  Where it cannot be written, the lock holds until the page is closed. */
export function createLockStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  events: EventTarget,
): LockStore {
  const listeners = new Set<() => void>()
  const unstored = new Map<string, string>()
  const read = (key: string): string | undefined => {
    try {
      // What could not be written is newer than what is stored.
      return unstored.get(key) ?? storage.getItem(key) ?? undefined
    } catch {
      return unstored.get(key)
    }
  }
  const write = (key: string, value: string | undefined): void => {
    unstored.delete(key)
    try {
      if (value === undefined) storage.removeItem(key)
      else storage.setItem(key, value)
    } catch {
      if (value !== undefined) unstored.set(key, value)
    }
  }
  const tell = () => listeners.forEach((listener) => listener())
  events.addEventListener('storage', (event) => {
    // A `storage` event without a key: everything was emptied.
    if ('key' in event && (event.key === lockKey || event.key === null)) tell()
  })
  return {
    isLocked: (userId) => read(lockKey) === userId,
    lock: (userId) => {
      write(lockKey, userId)
      tell()
    },
    unlock: () => {
      write(lockKey, undefined)
      tell()
    },
    usedAt: () => Number(read(usedKey) ?? 0) || 0,
    noteUsed: (nowMs) => write(usedKey, String(nowMs)),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
