import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { startMariadb } from '@our-now/testkit/infra/mariadb.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cpuMsOf } from '../measure/process-cpu.ts'
import { quantile } from '../measure/quantile.ts'

/**
 * Durable sends a second of one chat service, one sender after the other and many at once, with the CPU time of the whole
 * process (service, outbox relay; on SQLite its thread too) and of the database server per message.
 *
 *   node tooling/bench/chat-writes.ts [--seconds 5] [--rooms 50] [--json]                     on SQLite
 *   node tooling/bench/chat-writes.ts --mariadb                                               on a MariaDB of its own
 *   node tooling/bench/chat-writes.ts --database mysql://… [--database-pid PID]               on a given, empty one
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rooms: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    mariadb: { type: 'boolean', default: false },
    database: { type: 'string' },
    'database-pid': { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const roomCount = Number(values.rooms)

interface Figures {
  readonly name: string
  readonly sendsPerSecond: number
  readonly cpuMicrosPerSend: number
  /** Of the database server; absent for SQLite, whose work is in the process. */
  readonly databaseCpuMicrosPerSend?: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const folder = await mkdtemp(join(tmpdir(), 'our-now-bench-'))
const log = createLogger('error')
const clock = systemClock
const server = values.mariadb ? await startMariadb({ dataDir: join(folder, 'mariadb') }) : undefined
const databasePid =
  server?.pid ?? (values['database-pid'] === undefined ? undefined : Number(values['database-pid']))
const databaseUrl =
  server === undefined
    ? (values.database ?? `sqlite:${join(folder, 'chat.db')}`)
    : await createMysqlDatabase(server.url, 'bench')
const database = await openDatabase(databaseUrl, { migrations: chatMigrations, log })
const eventLog = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log })
const leaseStore = await openLeaseStore('memory:', { clock, log })
const hub = await openSocketHub('memory:', { log })
const config = loadConfig(ChatSettings, {})
const chat = createChat({ database, eventLog, leaseStore, hub, clock, log, config })
await chat.start()

const people = await makePeople(chat.api, roomCount)
const roomIds: string[] = []
for (let at = 0; at < roomCount; at += 1) {
  const { roomId } = await chat.api.createGroup(as(people[at] ?? ''), {
    userIds: people.filter((_, other) => other !== at).slice(0, 9),
  })
  roomIds.push(roomId)
}

const figures: Figures[] = []
figures.push(await measure('one sender, one room', 1, 1))
figures.push(await measure('50 senders, one room', 50, 1))
figures.push(await measure('256 senders, one room', 256, 1))
figures.push(await measure(`50 senders, ${roomCount} rooms`, 50, roomCount))
figures.push(await measure(`256 senders, ${roomCount} rooms`, 256, roomCount))
if (values.json) console.log(JSON.stringify(figures))
else console.table(figures)

await chat.stop()
await eventLog.close()
await leaseStore.close()
await hub.close()
await database.close()
await server?.stop()
await rm(folder, { recursive: true, force: true })

/** `senders` send as fast as they are acknowledged, spread over `rooms` rooms by their owners. */
async function measure(name: string, senders: number, rooms: number): Promise<Figures> {
  const latencies: number[] = []
  const readDatabaseCpuMs = () => (databasePid === undefined ? 0 : cpuMsOf(databasePid))
  const databaseCpuBefore = readDatabaseCpuMs()
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  await Promise.all(
    Array.from({ length: senders }, async (_, sender) => {
      const at = sender % rooms
      const context = as(people[at] ?? '')
      while (performance.now() < endsAt) {
        const sentAt = performance.now()
        await chat.api.sendMessage(context, {
          roomId: roomIds[at] ?? '',
          clientMessageId: crypto.randomUUID(),
          text: 'A message as people write them, not long.',
        })
        latencies.push(performance.now() - sentAt)
      }
    }),
  )
  const elapsedSeconds = (performance.now() - startedAt) / 1_000
  const { user, system } = process.cpuUsage(cpuBefore)
  const databaseCpu = (readDatabaseCpuMs() - databaseCpuBefore) * 1_000
  latencies.sort((a, b) => a - b)
  return {
    name,
    sendsPerSecond: Math.round(latencies.length / elapsedSeconds),
    cpuMicrosPerSend: Math.round((user + system) / latencies.length),
    ...(databasePid === undefined
      ? {}
      : { databaseCpuMicrosPerSend: Math.round(databaseCpu / latencies.length) }),
    p50Ms: quantile(latencies, 0.5, 2),
    p99Ms: quantile(latencies, 0.99, 2),
  }
}

async function makePeople(api: ChatApi, count: number): Promise<string[]> {
  const userIds = Array.from({ length: count }, () => crypto.randomUUID() as string)
  for (const [at, userId] of userIds.entries()) {
    await api.ensureProfile(
      { traceId: 'bench' },
      { userId, handle: `person${at}`, displayName: `Person ${at}`, locale: 'en' },
    )
  }
  return userIds
}

function as(userId: string) {
  return { traceId: 'bench', userId, sessionId: userId }
}
