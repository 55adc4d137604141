import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from '../../config/config-error.ts'
import { createLogger } from '../../logging/logger.ts'
import { describeDatabase, describeFullDisk } from '../database.suite.ts'
import type { Migration } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const log = createLogger('silent')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-sqlite-'))
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

const open = (name: string, migrations: readonly Migration[] = []) =>
  openDatabase(`sqlite:${join(folder, name)}`, { migrations, log })

describeDatabase('SQLite', async () => ({
  open: (migrations) => open('suite/test.db', migrations),
  cleanUp: async () => undefined,
}))

describeFullDisk('SQLite', async () => ({
  open: (migrations) => open('full/test.db', migrations),
  // What SQLite answers at this limit is what it answers when the disk is full.
  fillDisk: async (database) => {
    const pages = await database.transaction(async (trx) => {
      const [first]: readonly { page_count: number }[] = await trx.raw('pragma page_count')
      const count = first?.page_count ?? 0
      await trx.raw(`pragma max_page_count = ${count}`)
      return count
    })
    return async () =>
      void (await database.transaction((trx) => trx.raw(`pragma max_page_count = ${pages + 100_000}`)))
  },
}))

test('commits survive a power cut: the log is synced at each commit', async () => {
  const database = await open('a.db')
  const settings = await database.transaction(async (trx) => [
    await trx.raw('pragma journal_mode'),
    await trx.raw('pragma synchronous'),
    await trx.raw('pragma foreign_keys'),
  ])
  expect(settings).toEqual([[{ journal_mode: 'wal' }], [{ synchronous: 2 }], [{ foreign_keys: 1 }]])
  await database.close()
})

test('what was acknowledged is there after kill -9', async () => {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL('./test/write-until-killed.ts', import.meta.url)), join(folder, 'killed.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let acknowledged = 0
  writer.stdout.on('data', (chunk: Buffer) => {
    acknowledged = Number(chunk.toString().trim().split('\n').at(-1))
    if (acknowledged >= 20) writer.kill('SIGKILL')
  })
  await once(writer, 'close')
  const database = await open('killed.db', [{ name: '0001-numbers', up: async () => undefined }])
  const rows: readonly { n: number }[] = await database.reader('numbers').orderBy('n')
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
  expect(rows.map(({ n }) => n)).toEqual(rows.map((_, index) => index + 1))
  await database.close()
})

test('a file that is not a database is told in a sentence and left alone', async () => {
  await writeFile(join(folder, 'letter.db'), 'Dear Ada, '.repeat(1_000))
  await expect(open('letter.db')).rejects.toThrow(ConfigError)
  await expect(open('letter.db')).rejects.toThrow('is not an Our Now database')
})

test('a folder in the place of the file is told in a sentence', async () => {
  await mkdir(join(folder, 'folder.db'))
  await expect(open('folder.db')).rejects.toThrow(ConfigError)
})

test('a folder without write permission is told in a sentence', async () => {
  // Root may write everywhere but in /proc.
  let locked = '/proc/self'
  if (process.getuid?.() !== 0) {
    locked = join(folder, 'locked')
    await mkdir(locked, { mode: 0o500 })
  }
  const work = openDatabase(`sqlite:${locked}/a.db`, { migrations: [], log })
  await expect(work).rejects.toThrow('cannot be opened for writing')
})

test('a folder that cannot be made is told in a sentence', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(open('file/a.db')).rejects.toThrow('is in its way')
})

test('another scheme and a relative path are refused with the setting in the sentence', async () => {
  const deps = { migrations: [], log, setting: 'CHAT_DATABASE_URL' }
  await expect(openDatabase('postgres://x', deps)).rejects.toThrow(/^CHAT_DATABASE_URL: .*"postgres"/)
  await expect(openDatabase('sqlite:here.db', deps)).rejects.toThrow('absolute path')
})
