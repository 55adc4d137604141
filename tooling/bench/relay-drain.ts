import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import type { LoggedEvent } from '@our-now/platform/event-log/event-log.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { createOutboxRelay } from '@our-now/platform/event-log/outbox-relay.ts'
import { appendToOutbox, outboxMigration } from '@our-now/platform/event-log/outbox.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { findInfra } from '@our-now/testkit/infra/find-infra.ts'
import type { InfraServer } from '@our-now/testkit/infra/infra-server.ts'
import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cpuMsOf } from '../measure/process-cpu.ts'

/**
 * How fast the relay takes a full outbox to Kafka, with the CPU time of each process per event. Without `--database`
 * the outbox is a SQLite file; `mysql` takes a MariaDB of this machine.
 *
 *   node tooling/bench/relay-drain.ts [--database sqlite:/file.db | mysql | mysql://…] [--events 50000] [--json]
 */
const { values } = parseArgs({
  options: {
    database: { type: 'string', default: '' },
    events: { type: 'string', default: '50000' },
    json: { type: 'boolean', default: false },
  },
})
const count = Number(values.events)
const keys = Array.from({ length: 500 }, () => randomUUID())
const folder = await mkdtemp(join(tmpdir(), 'our-now-bench-'))
const started: InfraServer[] = []
const log = createLogger('warn')

async function start(kind: 'mysql' | 'kafka'): Promise<InfraServer> {
  const found = await findInfra(kind)
  if ('reason' in found) throw new Error(`${kind}: ${found.reason}`)
  started.push(found.server)
  return found.server
}

async function findDatabaseUrl(): Promise<string> {
  if (values.database === '') return `sqlite:${join(folder, 'chat.db')}`
  if (values.database !== 'mysql') return values.database
  return createMysqlDatabase((await start('mysql')).url, `relay_${randomUUID().slice(0, 8)}`)
}

/** A message of some words in a room: about 330 bytes of JSON. */
function anEvent(number: number): LoggedEvent<'chat.room-events.v1'> {
  const roomId = keys[number % keys.length] ?? ''
  const seq = Math.floor(number / keys.length) + 1
  const author = { userId: keys[0] ?? '', name: 'Ada' }
  const body = { clientMessageId: randomUUID(), text: '오늘 저녁에 만날까? '.repeat(3) }
  /** True enough for a bench: nobody reads it. */
  const event = { roomId, seq, at: clock.now(), kind: 'message', author, ...body } as never
  return { type: 'chat.room-events.v1', key: roomId, data: { roomId, events: [event] } }
}

try {
  const databaseUrl = await findDatabaseUrl()
  const kafka = await start('kafka')
  const database = await openDatabase(databaseUrl, { migrations: [outboxMigration], log })
  const eventLog = await openEventLog(`${kafka.url}/${randomUUID()}`, { clock, log })
  for (let from = 0; from < count; from += 1_000)
    await database.transaction((trx) =>
      appendToOutbox(
        trx,
        Array.from({ length: Math.min(1_000, count - from) }, (_, index) => anEvent(from + index)),
      ),
    )

  const pids = new Map([
    ['node', process.pid],
    ...started.map((server) => [nameOf(server), server.pid] as const),
  ])
  const readCpu = () => [...pids.values()].map((pid) => (pid === undefined ? undefined : cpuMsOf(pid)))
  const before = readCpu()
  const startedAtMs = performance.now()
  const relay = createOutboxRelay({ database, eventLog, clock, log })
  relay.start()
  await waitUntil(async () => (await database.reader('outbox').first('id')) === undefined, {
    timeoutMs: 300_000,
    everyMs: 20,
  })
  const seconds = (performance.now() - startedAtMs) / 1_000
  const after = readCpu()
  await relay.stop()
  await eventLog.close()
  await database.close()

  const cpuMicrosPerEvent = Object.fromEntries(
    [...pids.keys()].map((name, index) => [name, perEvent(before[index], after[index])]),
  )
  const figures = {
    database: database.dialect,
    events: count,
    seconds: Number(seconds.toFixed(2)),
    eventsPerSecond: Math.round(count / seconds),
    cpuMicrosPerEvent,
  }
  if (values.json) console.log(JSON.stringify(figures))
  else {
    console.log(`${figures.eventsPerSecond} events/s from ${figures.database} to Kafka (${count} events)`)
    console.log('CPU µs per event:', cpuMicrosPerEvent)
  }
} finally {
  await Promise.all(started.map((server) => server.stop()))
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Null: that process runs elsewhere. */
function perEvent(before: number | undefined, after: number | undefined): number | null {
  return before === undefined || after === undefined ? null : Math.round(((after - before) * 1_000) / count)
}

function nameOf({ url }: InfraServer): string {
  return url.slice(0, url.indexOf(':'))
}
