import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from './find-program.ts'
import { createMysqlDatabase, dropMysqlDatabase } from './mariadb-databases.ts'
import { startMariadb } from './mariadb.ts'

const isHere = findProgram('mariadbd', 'mysqld') !== undefined

test.skipIf(!isHere && process.env.REQUIRE_INFRA !== '1')(
  'after a kill MariaDB goes on with its data on the same port, even in a folder with a long name',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'our-now-mariadb-'))
    const dataDir = join(folder, 'a-folder-with-a-name-'.repeat(5))
    try {
      const first = await startMariadb({ dataDir, bufferPoolMb: 64 })
      const url = await createMysqlDatabase(first.url, 'our_now')
      await runStatements(url, ['create table t (id int primary key)', 'insert into t values (7)'])
      await first.kill()

      const second = await startMariadb({ dataDir, port: first.port, bufferPoolMb: 64 })
      expect(await runStatements(url, ['select id from t'])).toEqual([{ id: 7 }])
      await dropMysqlDatabase(second.url, 'our_now')
      await expect(runStatements(url, ['select 1'])).rejects.toThrow()
      await second.stop()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
