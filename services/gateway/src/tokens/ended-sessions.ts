import type { Clock } from '@our-now/platform/clock/clock.ts'

/** Sessions known to be ended. Remembered for longer than an access token can live. */
export interface EndedSessions {
  note(sessionIds: readonly string[]): void
  has(sessionId: string): boolean
}

const keepMs = 65 * 60_000

export function createEndedSessions(clock: Clock): EndedSessions {
  /** In the order of noting, so that forgetting stops at the first one to keep. */
  const notedAtMs = new Map<string, number>()
  return {
    note(sessionIds) {
      const now = clock.now()
      for (const sessionId of sessionIds) if (!notedAtMs.has(sessionId)) notedAtMs.set(sessionId, now)
      for (const [sessionId, atMs] of notedAtMs) {
        if (now - atMs < keepMs) return
        notedAtMs.delete(sessionId)
      }
    },
    has: (sessionId) => notedAtMs.has(sessionId),
  }
}
