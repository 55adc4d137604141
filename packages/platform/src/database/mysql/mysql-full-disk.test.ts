import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { startMariadb } from '@our-now/testkit/infra/mariadb.ts'
import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import type { InfraServer } from '@our-now/testkit/infra/infra-server.ts'
import { findTinyDiskLack, mountTinyDisk, type TinyDisk } from '@our-now/testkit/infra/tiny-disk.ts'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from 'vitest'
import { createLogger } from '../../logging/logger.ts'
import { describeFullDisk } from '../database.suite.ts'
import { openDatabase } from '../open-database.ts'

const diskMb = 160
const lack = findTinyDiskLack()

describeWithPrograms(['mysql'], 'MySQL on a small disk', () => {
  if (lack !== undefined) return test.skip(`skipped: ${lack}`, () => undefined)
  let disk: TinyDisk
  let server: InfraServer
  beforeAll(async () => {
    disk = await mountTinyDisk(diskMb)
    server = await startMariadb({
      dataDir: join(disk.path, 'data'),
      bufferPoolMb: 32,
      settings: ['--innodb-log-file-size=8M', '--innodb-temp-data-file-path=ibtmp1:8M:autoextend:max:16M'],
    })
  })
  afterAll(async () => {
    await server.stop()
    await disk.remove()
  })

  describeFullDisk('MySQL', async () => {
    const url = await createMysqlDatabase(server.url, 'full')
    return {
      open: (migrations) => openDatabase(url, { migrations, log: createLogger('silent') }),
      fillDisk: () => disk.fill(),
    }
  })
})
