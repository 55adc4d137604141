import { createChat, chatMigrations, ChatSettings, type ChatConfig } from '../src/index.ts'
import { chatContract, type ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { HubEventName, HubEvents } from '@our-now/contracts/socket.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { createFakeClock, type FakeClock } from '@our-now/testkit/fake-clock.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'

interface Push<N extends HubEventName = HubEventName> {
  readonly channel: string
  readonly name: N
  readonly payload: HubEvents[N]
}

/** Where gateways would be: keeps what was pushed. */
function createHubRecorder() {
  const pushes: Push[] = []
  const hub: SocketHub = {
    publish: (channel, name, payload) => void pushes.push({ channel, name, payload }),
    attach: () => ({ isLagging: () => false, detach: () => undefined }),
    onDisturbed: () => undefined,
    close: async () => undefined,
  }
  /** True because a push is kept with the payload of its own name. */
  const named = <N extends HubEventName>(name: N) => pushes.filter((push) => push.name === name) as Push<N>[]
  return { hub, pushes, named }
}

export interface TestChat {
  readonly api: ChatApi
  readonly clock: FakeClock
  readonly database: Database
  /** The next so many transactions fail with this instead of running. */
  failTransactions(error: Error, count: number): void
  readonly eventLog: EventLog
  readonly pushed: ReturnType<typeof createHubRecorder>
  /** Makes a profile and gives its id. */
  addPerson(name?: string): Promise<string>
  addPeople(count: number): Promise<string[]>
  /** A second replica on the same database. */
  startReplica(): Promise<ChatApi>
  stop(): Promise<void>
}

export async function startChat(config: Partial<ChatConfig> = {}): Promise<TestChat> {
  const clock = createFakeClock()
  const log = createTestLog()
  const folder = await mkdtemp(join(tmpdir(), 'our-now-chat-'))
  const { database: sound, close } = await openTestDatabase(chatMigrations)
  const faults: Error[] = []
  const database: Database = {
    ...sound,
    transaction: async (work) => {
      const fault = faults.shift()
      if (fault !== undefined) throw fault
      return sound.transaction(work)
    },
  }
  const eventLog = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log })
  const leaseStore = await openLeaseStore('memory:', { clock, log })
  const pushed = createHubRecorder()
  const replicas: { stop(): Promise<void> }[] = []

  async function startReplica(): Promise<ChatApi> {
    const chat = createChat({
      database,
      eventLog,
      leaseStore,
      hub: pushed.hub,
      clock,
      log,
      config: { ...loadConfig(ChatSettings, {}), chatCursorCoalesceMs: 5, chatCursorPushMs: 5, ...config },
    })
    await chat.start()
    replicas.push(chat)
    return callDirectly(chatContract, chat.api, { log, clock })
  }

  const api = await startReplica()
  let people = 0
  const addPerson = async (name = `Person ${people + 1}`) => {
    const userId = uuidv7()
    people += 1
    await api.ensureProfile(asService, { userId, handle: `person${people}`, displayName: name, locale: 'en' })
    return userId
  }
  return {
    api,
    clock,
    database,
    failTransactions: (error, count) => void faults.push(...Array.from({ length: count }, () => error)),
    eventLog,
    pushed,
    addPerson,
    addPeople: async (count) => {
      const userIds: string[] = []
      for (let at = 0; at < count; at += 1) userIds.push(await addPerson())
      return userIds
    },
    startReplica,
    stop: async () => {
      for (const replica of replicas) await replica.stop()
      await eventLog.close()
      await leaseStore.close()
      await close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

export const asService: CallContext = { traceId: 'test' }
export const as = (userId: string): CallContext => ({ traceId: 'test', userId, sessionId: uuidv7() })

export const aSend = (roomId: string, text = 'hello', clientMessageId = uuidv7()) => ({
  roomId,
  clientMessageId,
  text,
})

/** The code that `call` fails with, or 'none'. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** A group of the first of these people with the others. */
export async function aGroup(chat: TestChat, count: number): Promise<{ roomId: string; userIds: string[] }> {
  const userIds = await chat.addPeople(count)
  const [ownerId = '', ...others] = userIds
  const { roomId } = await chat.api.createGroup(as(ownerId), { userIds: others.slice(0, 200) })
  for (let at = 200; at < others.length; at += 200) {
    await chat.api.inviteMembers(as(ownerId), { roomId, userIds: others.slice(at, at + 200) })
  }
  return { roomId, userIds }
}
