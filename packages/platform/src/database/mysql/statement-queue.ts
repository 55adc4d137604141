import { endsTransaction, isConnectionLost, isTransientCode } from './mysql-error.ts'

/** The statements of one connection, one after the other in the order they were asked for. */
export interface StatementQueue {
  /** @returns what the driver gives: rows or a header, and the fields */
  run(sql: string, bindings: readonly unknown[]): Promise<unknown>
}

interface StatementQueueDeps {
  /** Whether the session opens a transaction with its first statement (`autocommit=0`). */
  readonly isTransactional: boolean
  readonly send: (sql: string, bindings: readonly unknown[]) => Promise<unknown>
  /** The connection must not be used again. */
  readonly discard: (error: unknown) => void
}

/** What a statement gives that need not be sent. */
const nothing = [{ affectedRows: 0 }, undefined]

/**
 * Keeps a transaction whole. After a deadlock the server has undone everything and would take the next statement,
 * perhaps sent together with the one that failed, as the first of a new transaction, and commit it: so once a
 * transaction is lost, everything but its end is refused with the error that lost it.
 */
export function createStatementQueue({ isTransactional, send, discard }: StatementQueueDeps): StatementQueue {
  let tail: Promise<unknown> = Promise.resolve()
  let hasBegun = false
  let loss: { readonly error: unknown } | undefined

  async function runNext(sql: string, bindings: readonly unknown[]): Promise<unknown> {
    if (!isTransactional) return sendOrDiscard(sql, bindings)
    if (sql === 'BEGIN;') return nothing
    if (sql === 'ROLLBACK') return end(sql)
    if (loss !== undefined) {
      const { error } = loss
      if (sql === 'COMMIT;') await end('ROLLBACK')
      throw error
    }
    if (sql === 'COMMIT;') return end(sql)
    hasBegun = true
    try {
      return await sendOrDiscard(sql, bindings)
    } catch (error) {
      if (endsTransaction(error)) loss = { error }
      throw error
    }
  }

  async function end(sql: 'COMMIT;' | 'ROLLBACK'): Promise<unknown> {
    const isNeeded = hasBegun && !(loss !== undefined && isConnectionLost(loss.error))
    hasBegun = false
    loss = undefined
    if (!isNeeded) return nothing
    try {
      return await sendOrDiscard(sql, [])
    } catch (error) {
      // Whether it was done is unknown, so the session may still be inside the transaction.
      if (!isTransientCode(error)) discard(error)
      throw error
    }
  }

  async function sendOrDiscard(sql: string, bindings: readonly unknown[]): Promise<unknown> {
    try {
      return await send(sql, bindings)
    } catch (error) {
      if (isConnectionLost(error)) discard(error)
      throw error
    }
  }

  return {
    run: (sql, bindings) => {
      const turn = tail.then(() => runNext(sql, bindings))
      tail = turn.catch(() => undefined)
      return turn
    },
  }
}
