import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { createScope, type Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { createPresence, presenceMigrations, PresenceSettings } from '@our-now/presence'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { createVision, visionMigrations, VisionSettings } from '@our-now/vision'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Apis } from '../../src/apis.ts'

export interface TestPlace {
  readonly scope: Scope
  readonly folder: string
  readonly eventLog: EventLog
  readonly log: Logger
}

/** A folder and an event log that go with the scope. */
export async function openPlace(clock: Clock): Promise<TestPlace> {
  const log = createTestLog()
  const folder = await mkdtemp(join(tmpdir(), 'our-now-gateway-'))
  const scope = createScope()
  scope.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) })
  const eventLog = scope.own(await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log }))
  return { scope, folder, eventLog, log }
}

export interface ServicesDeps extends TestPlace {
  readonly clock: Clock
  /** What one service reaches the others by; asked once for each. */
  readonly openOwn: () => Promise<{ readonly hub: SocketHub; readonly leaseStore: LeaseStore }>
  readonly presenceSettings: Readonly<Record<string, string>>
}

export interface Services {
  readonly apis: Apis
  readonly signingKeyFile: string
}

/** The real auth, chat, presence and vision (without an engine) on databases of their own; they end with the scope. */
export async function startServices(deps: ServicesDeps): Promise<Services> {
  const { scope, folder, eventLog, log, clock, openOwn, presenceSettings } = deps
  const shared = async () => ({ ...(await openOwn()), eventLog, clock, log })
  const signingKeyFile = join(folder, 'signing-key.pem')
  const keys = {
    AUTH_SIGNING_KEY_FILE: signingKeyFile,
    AUTH_REFRESH_KEY_FILE: join(folder, 'refresh-key'),
    AUTH_FACTOR_KEY_FILE: join(folder, 'factor-key'),
  }
  const auth = createAuth({
    ...(await shared()),
    database: scope.own(await openTestDatabase(authMigrations)).database,
    config: loadConfig(AuthSettings, keys),
  })
  const chat = createChat({
    ...(await shared()),
    database: scope.own(await openTestDatabase(chatMigrations)).database,
    config: loadConfig(ChatSettings, {}),
  })
  const presence = createPresence({
    ...(await shared()),
    database: scope.own(await openTestDatabase(presenceMigrations)).database,
    config: loadConfig(PresenceSettings, presenceSettings),
  })
  const vision = createVision({
    ...(await shared()),
    database: scope.own(await openTestDatabase(visionMigrations)).database,
    engine: undefined,
    rooms: chat.api,
    config: loadConfig(VisionSettings, {}),
  })
  for (const service of [auth, chat, presence, vision]) await scope.start(service)
  const guard = { log, clock }
  const apis: Apis = {
    auth: callDirectly(authContract, auth.api, guard),
    chat: callDirectly(chatContract, chat.api, guard),
    presence: callDirectly(presenceContract, presence.api, guard),
    vision: callDirectly(visionContract, vision.api, guard),
  }
  return { apis, signingKeyFile }
}
