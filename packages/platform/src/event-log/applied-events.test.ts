import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../database/database.ts'
import { appliedEventsMigration, applyInOrder } from './applied-events.ts'

let database: Database
let closeDatabase: () => Promise<void>
let effects: number[]
beforeEach(async () => {
  effects = []
  ;({ database, close: closeDatabase } = await openTestDatabase([appliedEventsMigration]))
})
afterEach(async () => {
  await closeDatabase()
})

const apply = (seqs: readonly number[], fail = false) =>
  database.transaction((trx) =>
    applyInOrder(
      trx,
      { consumer: 'presence', key: 'room', events: seqs.map((seq) => ({ seq })) },
      async (fresh) => {
        if (fail) throw new Error('no')
        effects.push(...fresh.map(({ seq }) => seq))
      },
    ),
  )

test('an event that comes again has its effect once', async () => {
  await apply([1, 2])
  expect(await apply([1, 2, 3])).toEqual({ appliedSeq: 3, isGap: false })
  await apply([3])
  expect(effects).toEqual([1, 2, 3])
})

test('a hole is told and nothing is applied until it is filled', async () => {
  await apply([1])
  expect(await apply([3])).toEqual({ appliedSeq: 1, isGap: true })
  await apply([2, 3])
  expect(effects).toEqual([1, 2, 3])
})

test('an effect that fails leaves the position where it was', async () => {
  await expect(apply([1], true)).rejects.toThrow('no')
  await apply([1])
  expect(effects).toEqual([1])
})
