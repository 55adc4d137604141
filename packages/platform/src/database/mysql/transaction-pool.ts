import type { Knex } from 'knex'
import { AppError } from '../../errors/app-error.ts'
import type { Transaction } from '../database.ts'
import type { TransactionQueue } from '../transaction-queue.ts'

/** A transaction that takes longer is rolled back: something in it waits for what cannot come, in ms. */
const maxTransactionMs = 10_000
/** Transactions that may run or wait for a connection; more are refused at once. */
const maxRunning = 1_000

/** Transactions side by side, as many at a time as the pool has connections. */
export function createTransactionPool(
  writer: Knex,
  limits: { maxTransactionMs: number | undefined } = { maxTransactionMs },
): TransactionQueue {
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    run: async (work) => {
      if (isClosed) throw new AppError('unavailable')
      if (running.size >= maxRunning) throw new AppError('overloaded', undefined, { retryAfterMs: 1_000 })
      const one = runOne(writer, work, limits.maxTransactionMs)
      running.add(one)
      try {
        return await one
      } finally {
        running.delete(one)
      }
    },
    close: async () => {
      isClosed = true
      await Promise.allSettled(running)
    },
  }
}

async function runOne<T>(
  writer: Knex,
  work: (trx: Transaction) => Promise<T>,
  maxMs: number | undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await writer.transaction((trx) => {
      if (maxMs !== undefined) timer = setTimeout(() => void trx.rollback(new AppError('timeout')), maxMs)
      return work(trx)
    })
  } finally {
    clearTimeout(timer)
  }
}
