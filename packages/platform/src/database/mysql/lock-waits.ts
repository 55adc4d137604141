/** A statement that takes rows' locks and is not answered after this long waits for somebody else's, in ms. */
const waitsAfterMs = 500
const takesLocks = /\bfor update$/i

/** Keeps transactions that wait for locks from using up the pool. */
export interface LockWaits {
  /**
   * Sends a statement. When as many as may wait already do, one that takes locks does so at once or fails with
   * `ER_LOCK_NOWAIT` (MariaDB: `ER_LOCK_WAIT_TIMEOUT`): whoever is locked out hears so, others go on.
   */
  run<T>(sql: string, send: (sql: string) => Promise<T>): Promise<T>
}

export function createLockWaits(maxWaiting: number): LockWaits {
  const sentAt = new Map<symbol, number>()
  const countWaiting = (): number => {
    const before = performance.now() - waitsAfterMs
    return [...sentAt.values()].filter((at) => at < before).length
  }
  return {
    run: async (sql, send) => {
      if (!takesLocks.test(sql)) return send(sql)
      if (countWaiting() >= maxWaiting) return send(`${sql} nowait`)
      const statement = Symbol('locking')
      sentAt.set(statement, performance.now())
      try {
        return await send(sql)
      } finally {
        sentAt.delete(statement)
      }
    },
  }
}
