import knex, { type Knex } from 'knex'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTransactionQueue } from '../transaction-queue.ts'
import { createThreadClient } from './knex-client.ts'
import { openSqliteThread, type SqliteThread } from './sqlite-thread.ts'

let folder: string
let thread: SqliteThread
let writer: Knex
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-queue-'))
  thread = await openSqliteThread(join(folder, 'a.db'))
  writer = knex({
    client: createThreadClient(thread, 'write'),
    connection: { filename: 'write' },
    useNullAsDefault: true,
  })
  await writer.transaction((trx) => trx.raw('create table numbers (n integer)'))
})
afterEach(async () => {
  await writer.destroy()
  await thread.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
})
const listNumbers = () =>
  writer.transaction((trx) => trx('numbers').orderBy('n').pluck('n')) as Promise<number[]>

test('transactions run one after the other in the order they were asked for', async () => {
  const queue = createTransactionQueue(writer)
  const seen: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      queue.run(async (trx) => {
        await trx('numbers').insert({ n })
        seen.push(n)
      }),
    ),
  )
  expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n))
})

test('more than may wait are refused at once', async () => {
  const queue = createTransactionQueue(writer, { maxWaiting: 2, maxTransactionMs: 1_000 })
  const work = [1, 2].map((n) => queue.run((trx) => trx('numbers').insert({ n })))
  await expect(queue.run(async () => 1)).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 })
  await Promise.all(work)
  expect(await queue.run(async () => 1)).toBe(1)
})

test('a transaction that waits for itself is rolled back after its time; the next one runs', async () => {
  const queue = createTransactionQueue(writer, { maxWaiting: 10, maxTransactionMs: 100 })
  let inner: Promise<unknown> = Promise.resolve()
  const outer = queue.run(async (trx) => {
    await trx('numbers').insert({ n: 1 })
    inner = queue.run((other) => other('numbers').insert({ n: 2 }))
    await inner
  })
  await expect(outer).rejects.toMatchObject({ code: 'timeout' })
  await inner
  expect(await listNumbers()).toEqual([2])
})

test('closing lets what waits finish and refuses what comes after', async () => {
  const queue = createTransactionQueue(writer)
  const work = queue.run((trx) => trx('numbers').insert({ n: 1 }))
  await queue.close()
  await expect(queue.run(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
  await work
  expect(await listNumbers()).toEqual([1])
})

test('when the thread is gone everything is unavailable, and says so', async () => {
  await thread.close()
  const queue = createTransactionQueue(writer)
  await expect(queue.run((trx) => trx('numbers').insert({ n: 1 }))).rejects.toMatchObject({
    code: 'unavailable',
  })
  expect(thread.endedReason()).toContain('ended')
})
