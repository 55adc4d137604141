import { describeWithOwnMariadb } from '@our-now/testkit/infra/describe-with-own-mariadb.ts'
import { findProgram } from '@our-now/testkit/infra/find-program.ts'
import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogger } from '../../logging/logger.ts'
import type { Migration } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { runStatements } from './run-statements.ts'

/** What `kill -9` cannot show: the system's page cache survives it. So the server's own calls are counted. */
const commits = 20
const isTraceable = findProgram('strace') !== undefined
const notes: Migration = {
  name: '0001-notes',
  up: (trx) => trx.schema.createTable('notes', (table) => void table.integer('id').primary()),
}

describeWithOwnMariadb('a commit', (mariadb) => {
  test.skipIf(!isTraceable)(
    'is on disk when it is answered: the server syncs before (needs strace)',
    async ({ skip }) => {
      const url = await createMysqlDatabase(mariadb.url(), `d${randomUUID().slice(0, 8)}`)
      const log = createLogger('silent')
      const database = await openDatabase(url, { migrations: [notes], log, setting: 'CHAT_DATABASE_URL' })
      try {
        const synced = await countSyncs(mariadb.server().pid, () => commit(1))
        if (synced === undefined) return skip('strace may not look at other processes here')
        expect(synced).toBeGreaterThanOrEqual(commits)
        // What the start refuses is what this test would see.
        await runStatements(mariadb.url(), ['set global innodb_flush_log_at_trx_commit = 2'])
        expect(await countSyncs(mariadb.server().pid, () => commit(1 + commits))).toBeLessThan(commits)
      } finally {
        await runStatements(mariadb.url(), ['set global innodb_flush_log_at_trx_commit = 1'])
        await database.close()
      }

      /** One after the other, so that no two share a sync. */
      async function commit(from: number): Promise<void> {
        for (let id = from; id < from + commits; id++)
          await database.transaction((trx) => trx('notes').insert({ id }))
      }
    },
  )
})

/** Counts the syncs that the process asks of the system while `work` goes on; undefined: it may not be traced. */
async function countSyncs(pid: number | undefined, work: () => Promise<void>): Promise<number | undefined> {
  const file = join(tmpdir(), `our-now-syncs-${randomUUID()}`)
  const args = ['-f', '-e', 'trace=fsync,fdatasync', '-o', file, '-p', String(pid)]
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(tracer, 'exit')
  let said = ''
  tracer.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  try {
    await waitUntil(() => said.includes('attached') || tracer.exitCode !== null)
    if (!said.includes('attached')) return undefined
    await work()
    tracer.kill('SIGINT')
    await ended
    const lines = (await readFile(file, 'utf8')).split('\n')
    return lines.filter((line) => /(fsync|fdatasync)(\(\d+\)| resumed).* = 0$/.test(line)).length
  } finally {
    tracer.kill('SIGKILL')
    await rm(file, { force: true })
  }
}
