import { chatContract, type ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { createListeningHub } from '@our-now/testkit/listening-hub.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { codeOf } from '../start-chat.ts'
import { ChatSettings, chatMigrations, createChat, type ChatConfig } from '../../src/index.ts'

/** A chat service with connections of its own to a database that others use too. */
export interface Replica {
  readonly api: ChatApi
  readonly database: Database
  readonly unreadyReason: () => string | undefined
  stop(): Promise<void>
}

/** How often a race is run: many times more in the long form (LONG_RACES=1). */
export const rounds = (short: number, long: number): number =>
  process.env['LONG_RACES'] === '1' ? long : short

export const as = (userId: string): CallContext => ({ traceId: 'test', userId, sessionId: uuidv7() })

/** @param wrap  Looks into the replica's transactions. */
export async function openReplica(
  url: string,
  config: Partial<ChatConfig> = {},
  wrap: (database: Database) => Database = (database) => database,
): Promise<Replica> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-replica-'))
  const log = createTestLog()
  const database = await openDatabase(url, { migrations: chatMigrations, log })
  const eventLog = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log })
  const leaseStore = await openLeaseStore('memory:', { clock, log })
  const chat = createChat({
    database: wrap(database),
    eventLog,
    leaseStore,
    hub: createListeningHub().hub,
    clock,
    log,
    config: { ...loadConfig(ChatSettings, {}), chatCursorCoalesceMs: 5, chatCursorPushMs: 5, ...config },
  })
  await chat.start()
  return {
    api: callDirectly(chatContract, chat.api, { log, clock }),
    database,
    unreadyReason: () => chat.unreadyReason(),
    stop: async () => {
      await chat.stop()
      await eventLog.close()
      await leaseStore.close()
      await database.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** People with profiles, in the order of their ids. */
export async function addPeople(api: ChatApi, count: number): Promise<string[]> {
  const userIds = Array.from({ length: count }, () => uuidv7())
  for (const userId of userIds) {
    const handle = `p${userId.replaceAll('-', '').slice(-16)}`
    await api.ensureProfile({ traceId: 'test' }, { userId, handle, displayName: 'Person', locale: 'en' })
  }
  return userIds
}

export async function aRoom(api: ChatApi, userIds: readonly string[]): Promise<string> {
  const [ownerId = '', ...others] = userIds
  return (await api.createGroup(as(ownerId), { userIds: others })).roomId
}

/**
 * Does what a client does: asks again, with the same ids, until it is answered or refused for good.
 *
 * @returns the code that it was refused with, or 'none'
 */
export async function settled(call: () => Promise<unknown>): Promise<string> {
  for (;;) {
    const code = await codeOf(call())
    if (!['unavailable', 'timeout', 'overloaded'].includes(code)) return code
    await wait(20)
  }
}

export interface LoggedRow {
  readonly seq: number
  readonly kind: string
  readonly author_id: string
  readonly client_message_id: string | null
}

export const logOf = (database: Database, roomId: string): Promise<LoggedRow[]> =>
  database.reader<LoggedRow>('room_events').where('room_id', roomId).orderBy('seq')

export const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
