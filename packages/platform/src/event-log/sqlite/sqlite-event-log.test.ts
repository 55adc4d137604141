import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../clock/clock.ts'
import type { Database } from '../../database/database.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createLogger } from '../../logging/logger.ts'
import { anEvent, createCollector, describeEventLog } from '../event-log.suite.ts'
import { openEventLog } from '../open-event-log.ts'
import { appendEvents, eventLogMigration, joinGroup, moveGroup, parkDeadEvents } from './event-store.ts'
import { defaultRetention, pruneEvents } from './prune-events.ts'

const log = createLogger('silent')
const retry = { attempts: 3, patienceMs: 5_000, firstWaitMs: 5, maxWaitMs: 20 }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-events-'))
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

const url = () => `sqlite:${join(folder, 'events.db')}`
const openLog = () => openEventLog(url(), { clock: systemClock, log, retry })
const openTables = (): Promise<Database> => openDatabase(url(), { migrations: [eventLogMigration], log })

describeEventLog('SQLite', async () => ({ open: openLog, cleanUp: async () => undefined }))

test('another scheme is refused with the setting in the sentence', async () => {
  await expect(openEventLog('amqp://x', { clock: systemClock, log })).rejects.toThrow(
    /^EVENT_LOG_URL: .*"amqp"/,
  )
})

test('a parked event is kept with its error and counted tries', async () => {
  const eventLog = await openLog()
  const { handlers, numbersOf } = createCollector(async (event) => {
    if (event.data.sessionId === '1') throw new TypeError('poison')
  })
  await eventLog.subscribe({ group: 'presence', handlers })
  await eventLog.append([anEvent('ada', 1), anEvent('ada', 2)])
  await vi.waitFor(() => expect(numbersOf('ada')).toEqual([2]))
  await eventLog.close()
  const database = await openTables()
  expect(await database.reader('dead_events')).toMatchObject([
    { consumer_group: 'presence', event_key: 'ada', error: 'TypeError: poison', attempts: 3 },
  ])
  await database.close()
})

test('what another process appends arrives without a nudge', async () => {
  const [here, there] = [await openLog(), await openLog()]
  const { handlers, numbersOf } = createCollector()
  await here.subscribe({ group: 'presence', handlers })
  await there.append([anEvent('ada', 1)])
  await vi.waitFor(() => expect(numbersOf('ada')).toEqual([1]), { timeout: 5_000 })
  await here.close()
  await there.close()
})

test('only what every group has passed is pruned, by age and by number', async () => {
  const database = await openTables()
  const hour = 3_600_000
  const now = 100 * hour
  await database.transaction(async (trx) => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => anEvent('ada', index))
    await appendEvents(trx, some(10), now - 30 * hour)
    await appendEvents(trx, some(10), now - hour)
    await joinGroup(trx, 'fast', now)
    await joinGroup(trx, 'slow', now)
    await moveGroup(trx, 'fast', 20, now)
    await moveGroup(trx, 'slow', 4, now)
  })
  const countEvents = async () => (await database.reader('events')).length
  await pruneEvents(database, defaultRetention, now)
  expect(await countEvents()).toBe(16)
  await database.transaction((trx) => moveGroup(trx, 'slow', 20, now))
  await pruneEvents(database, defaultRetention, now)
  expect(await countEvents()).toBe(10)
  await pruneEvents(database, { ...defaultRetention, maxEvents: 3 }, now)
  expect(await countEvents()).toBe(3)
  await database.close()
})

test('a group that nobody reads any more is forgotten and holds nothing', async () => {
  const database = await openTables()
  const { forgetGroupMs } = defaultRetention
  const now = 10 * forgetGroupMs
  await database.transaction(async (trx) => {
    await appendEvents(trx, [anEvent('ada', 1)], 0)
    await joinGroup(trx, 'gone', now - forgetGroupMs - 1)
    const dead = { error: 'x', attempts: 1, event: anEvent('ada', 1) }
    const parked = Array.from({ length: 8 }, (_, position) => ({ ...dead, position }))
    await parkDeadEvents(trx, 'gone', parked, now)
    await parkDeadEvents(trx, 'gone', parked, now)
  })
  const pruned = await pruneEvents(database, { ...defaultRetention, maxDeadEvents: 5 }, now)
  expect(pruned).toEqual({ removed: 1, forgottenGroups: ['gone'] })
  expect(await database.reader('dead_events').pluck('position')).toEqual([3, 4, 5, 6, 7])
  await database.close()
})
