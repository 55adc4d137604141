import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { createMysqlDatabase, dropMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { randomUUID } from 'node:crypto'
import { createLogger } from '../../logging/logger.ts'
import { describeDatabase } from '../database.suite.ts'
import { openDatabase } from '../open-database.ts'

const log = createLogger('silent')

await describeWithInfra(['mysql'], 'MySQL', (infra) => {
  describeDatabase('MySQL', async () => {
    const name = `suite_${randomUUID().slice(0, 8)}`
    const url = await createMysqlDatabase(infra.mysql.url, name)
    return {
      open: (migrations) => openDatabase(url, { migrations, log }),
      cleanUp: () => dropMysqlDatabase(infra.mysql.url, name),
    }
  })
})
