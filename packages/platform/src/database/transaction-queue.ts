import type { Knex } from 'knex'
import { AppError } from '../errors/app-error.ts'
import type { Transaction } from './database.ts'

/** Transactions that may wait for the one write connection; more are refused at once. */
const maxWaiting = 1_000
/** A transaction that takes longer is rolled back: something in it waits for what cannot come, in ms. */
const maxTransactionMs = 10_000

export interface TransactionQueue {
  /** @throws {AppError} overloaded when too many wait, timeout when it took too long (nothing written) */
  run<T>(work: (trx: Transaction) => Promise<T>): Promise<T>
  /** Lets what waits finish; refuses everything after. */
  close(): Promise<void>
}

/** One transaction after the other, in the order they were asked for. */
export function createTransactionQueue(
  writer: Knex,
  limits: { maxWaiting: number; maxTransactionMs: number } = { maxWaiting, maxTransactionMs },
): TransactionQueue {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isClosed = false
  return {
    run: async (work) => {
      if (isClosed) throw new AppError('unavailable')
      if (waiting >= limits.maxWaiting) throw new AppError('overloaded', undefined, { retryAfterMs: 1_000 })
      waiting++
      const turn = tail.then(() => runOne(writer, work, limits.maxTransactionMs))
      tail = turn.catch(() => undefined)
      try {
        return await turn
      } finally {
        waiting--
      }
    },
    close: async () => {
      isClosed = true
      await tail
    },
  }
}

async function runOne<T>(writer: Knex, work: (trx: Transaction) => Promise<T>, maxMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await writer.transaction((trx) => {
      timer = setTimeout(() => void trx.rollback(new AppError('timeout')), maxMs)
      return work(trx)
    })
  } finally {
    clearTimeout(timer)
  }
}
