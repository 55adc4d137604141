import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteDatabase } from './sqlite-database.ts'

const secret = 'a secret that is to leave the disk'.repeat(20)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-erase-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Writes the secret, deletes it again. @returns the names of the files that it is still in, the database still open. */
async function whereItStays(erasesDeleted: boolean): Promise<string[]> {
  const database = await openSqliteDatabase(join(folder, 'a.db'), {
    log: createTestLog(),
    erasesDeleted,
    migrations: [
      {
        name: '0001-a',
        up: (trx) =>
          trx.schema.createTable('secrets', (table) => {
            table.integer('id').primary()
            table.text('secret')
          }),
      },
    ],
  })
  try {
    await database.transaction((trx) => trx('secrets').insert({ id: 1, secret }))
    await database.transaction((trx) => trx('secrets').where({ id: 1 }).delete())
    const files = await readdir(folder)
    const contents = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))
    return files.filter((_, index) => contents[index]?.includes(secret.slice(0, 200)))
  } finally {
    await database.close()
  }
}

test('what was deleted is in no file of the database any more when that was asked for', async () => {
  expect(await whereItStays(true)).toEqual([])
})

test('without it deleted bytes stay on the disk for a while', async () => {
  expect(await whereItStays(false)).not.toEqual([])
})
