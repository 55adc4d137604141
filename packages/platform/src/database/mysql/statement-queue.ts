import { setImmediate as nextTurn } from 'node:timers/promises'
import { endsTransaction, isConnectionLost, isTransientCode, MysqlError } from './mysql-error.ts'

/** What may be bound to a statement. */
export type SqlValue = string | number | bigint | boolean | Buffer | null

/** The statements of one connection, one after the other in the order they were asked for. */
export interface StatementQueue {
  /** @returns what the driver gives: rows or a header, and the fields */
  run(sql: string, bindings: readonly SqlValue[]): Promise<unknown>
}

export interface Statement {
  readonly sql: string
  readonly bindings: readonly SqlValue[]
}

interface Asked extends Statement {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface StatementQueueDeps {
  /** Whether the session opens a transaction with its first statement (`autocommit=0`). */
  readonly isTransactional: boolean
  readonly send: (statement: Statement) => Promise<unknown>
  /** Sends several at once, for one wait; after one that fails none is run. Undefined: each is sent alone. */
  readonly sendTogether: ((statements: readonly Statement[]) => Promise<readonly unknown[]>) | undefined
  /** The connection must not be used again. */
  readonly discard: (error: unknown) => void
}

/** What a statement gives that need not be sent. */
const nothing = [{ affectedRows: 0 }, undefined]
/** Statements of a batch of messages are some kilobytes; a packet has bounds. */
const maxTogether = 16
/** These are looked at one by one: the ends of a transaction, and what may wait for a lock. */
const isAlone = /^(?:BEGIN;|COMMIT;|ROLLBACK)$|\bfor update(?: nowait)?$/i

/**
 * Keeps a transaction whole. After a deadlock the server has undone everything and would take the next statement,
 * perhaps sent together with the one that failed, as the first of a new transaction, and commit it: so once a
 * transaction is lost, everything but its end is refused with the error that lost it.
 */
export function createStatementQueue(deps: StatementQueueDeps): StatementQueue {
  const { isTransactional, send, sendTogether, discard } = deps
  let waiting: Asked[] = []
  let isRunning = false
  let hasBegun = false
  let loss: { readonly error: unknown } | undefined

  async function runAll(): Promise<void> {
    while (waiting[0] !== undefined) {
      // Those that are asked for in the same turn of the event loop cost one wait on the network.
      if (sendTogether !== undefined && !isAlone.test(waiting[0].sql)) await nextTurn()
      const size = countTogether()
      const group = waiting.slice(0, size)
      waiting = waiting.slice(size)
      const [first] = group
      if (first !== undefined && group.length === 1) await runNext(first).then(first.resolve, first.reject)
      else await runGroup(group)
    }
    isRunning = false
  }

  function countTogether(): number {
    if (sendTogether === undefined || !hasBegun || loss !== undefined) return 1
    const alone = waiting.findIndex(({ sql }) => isAlone.test(sql))
    return Math.max(1, Math.min(alone === -1 ? waiting.length : alone, maxTogether))
  }

  async function runGroup(group: readonly Asked[]): Promise<void> {
    try {
      const answers = (await sendTogether?.(group)) ?? []
      for (const [at, { resolve }] of group.entries()) resolve(answers[at])
    } catch (error) {
      if (isConnectionLost(error)) discard(error)
      // Which of them was done is not known, so none of them may be committed.
      loss = { error }
      for (const { reject } of group) reject(copyOf(error))
    }
  }

  async function runNext({ sql, bindings }: Statement): Promise<unknown> {
    if (!isTransactional) return sendOrDiscard(sql, bindings)
    if (sql === 'BEGIN;') return nothing
    if (sql === 'ROLLBACK') return end(sql)
    if (loss !== undefined) {
      const { error } = loss
      if (sql === 'COMMIT;') await end('ROLLBACK')
      throw copyOf(error)
    }
    if (sql === 'COMMIT;') return end(sql)
    hasBegun = true
    try {
      return await sendOrDiscard(sql, bindings)
    } catch (error) {
      if (endsTransaction(error)) loss = { error: copyOf(error) }
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

  async function sendOrDiscard(sql: string, bindings: readonly SqlValue[]): Promise<unknown> {
    try {
      return await send({ sql, bindings })
    } catch (error) {
      if (isConnectionLost(error)) discard(error)
      throw error
    }
  }

  return {
    run: (sql, bindings) =>
      new Promise((resolve, reject) => {
        waiting.push({ sql, bindings, resolve, reject })
        if (isRunning) return
        isRunning = true
        void runAll()
      }),
  }
}

/** Knex writes each statement into the message of its error. */
const copyOf = (error: unknown): unknown =>
  error instanceof MysqlError ? new MysqlError(error.code, error.errno, error.message) : error
