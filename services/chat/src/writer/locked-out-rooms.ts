/**
 * Rooms that somebody else keeps locked: most likely a replica that was paused inside a transaction, until the server
 * ends its session. While one is known nobody but one operation at a time waits for it: the others of its lane go on, and
 * those of the room hear at once that it is not available.
 */
export interface LockedOutRooms {
  has(roomId: string): boolean
  note(roomId: string): void
  /** Its lock was ours: it is as any other room again. */
  forget(roomId: string): void
  /**
   * Lets one operation try the room on its own, outside the lanes.
   *
   * @returns undefined when the room is being tried already, or too many are
   */
  tryAlone(roomId: string, attempt: () => Promise<void>): Promise<void> | undefined
}

/** After this long without another word the holder's session has ended, in ms. */
const forgetAfterMs = 15_000
/** Each takes a connection that waits. */
const maxTries = 2

export function createLockedOutRooms(): LockedOutRooms {
  const notedAt = new Map<string, number>()
  const tried = new Set<string>()
  return {
    has: (roomId) => {
      const at = notedAt.get(roomId)
      if (at === undefined) return false
      if (performance.now() - at <= forgetAfterMs) return true
      notedAt.delete(roomId)
      return false
    },
    note: (roomId) => void notedAt.set(roomId, performance.now()),
    forget: (roomId) => void notedAt.delete(roomId),
    tryAlone: (roomId, attempt) => {
      if (tried.has(roomId) || tried.size >= maxTries) return undefined
      tried.add(roomId)
      return attempt().finally(() => tried.delete(roomId))
    },
  }
}
