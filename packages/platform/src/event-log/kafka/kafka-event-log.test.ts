import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../clock/clock.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createLogger } from '../../logging/logger.ts'
import { describeEventLog } from '../event-log.suite.ts'
import { openEventLog } from '../open-event-log.ts'
import { deadEventsMigration } from './dead-events.ts'

const log = createLogger('silent')
const retry = { attempts: 3, patienceMs: 5_000, firstWaitMs: 5, maxWaitMs: 20 }

await describeWithInfra(['kafka'], 'Kafka', (infra) => {
  describeEventLog('Kafka', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'our-now-dead-'))
    const deadEvents = await openDatabase(`sqlite:${join(folder, 'dead.db')}`, {
      migrations: [deadEventsMigration],
      log,
    })
    const url = `${infra.kafka.url}/${randomUUID()}?partitions=4`
    return {
      open: () => openEventLog(url, { clock: systemClock, log, retry }),
      deadEvents,
      cleanUp: async () => {
        await deadEvents.close()
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      },
    }
  })
})
