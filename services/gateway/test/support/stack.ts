import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { createMemorySocketHub } from '@our-now/platform/socket-hub/memory-socket-hub.ts'
import { createPresence, presenceMigrations, PresenceSettings } from '@our-now/presence'
import { createVision, visionMigrations, VisionSettings } from '@our-now/vision'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Apis } from '../../src/apis.ts'
import { createGateway, GatewaySettings, type Gateway } from '../../src/index.ts'
import { createFaultyHub, type FaultyHub } from './faulty-hub.ts'

export interface StackOptions {
  /** Settings of the gateway besides the defaults of tests (budgets out of the way, short intervals). */
  readonly settings?: Readonly<Record<string, string>>
  /** Changes what the gateway calls: a service that fails. */
  readonly wrapApis?: (apis: Apis) => Apis
}

export interface Stack {
  readonly url: string
  readonly apis: Apis
  readonly hub: FaultyHub
  readonly gateway: Gateway
  readonly signingKeyFile: string
  /** Moves the clock of all services; timers do not move with it. */
  advance(ms: number): void
  now(): number
  close(): Promise<void>
}

const testSettings = {
  GATEWAY_PORT: '0',
  GATEWAY_HEADS_INTERVAL_MS: '100',
  GATEWAY_HEADS_SPREAD_MS: '50',
  GATEWAY_REVOKED_INTERVAL_MS: '100',
  GATEWAY_SOCKET_COMMANDS_PER_SECOND: '10000',
  GATEWAY_SOCKET_COMMANDS_BURST: '10000',
  GATEWAY_SOCKET_SENDS_PER_SECOND: '10000',
  GATEWAY_SOCKET_SENDS_BURST: '10000',
  GATEWAY_USER_COMMANDS_PER_SECOND: '10000',
  GATEWAY_USER_COMMANDS_BURST: '10000',
  GATEWAY_USER_CALLS_BURST: '10000',
  GATEWAY_ROUTE_CALLS_BURST: '10000',
}

/** The real auth, chat and presence on databases of their own, and a gateway in front. */
export async function startStack({
  settings = {},
  wrapApis = (apis) => apis,
}: StackOptions = {}): Promise<Stack> {
  let offsetMs = 0
  const clock: Clock = { now: () => Date.now() + offsetMs }
  const log = createTestLog()
  const folder = await mkdtemp(join(tmpdir(), 'our-now-gateway-'))
  const scope = createScope()
  scope.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) })
  const eventLog = scope.own(await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log }))
  const leaseStore = scope.own(await openLeaseStore('memory:', { clock, log }))
  const hub = scope.own(createFaultyHub(createMemorySocketHub({ log })))
  const shared = { eventLog, leaseStore, hub, clock, log }
  const signingKeyFile = join(folder, 'signing-key.pem')
  const env = { AUTH_SIGNING_KEY_FILE: signingKeyFile, AUTH_REFRESH_KEY_FILE: join(folder, 'refresh-key') }
  const auth = createAuth({
    ...shared,
    database: scope.own(await openTestDatabase(authMigrations)).database,
    config: loadConfig(AuthSettings, env),
  })
  const chat = createChat({
    ...shared,
    database: scope.own(await openTestDatabase(chatMigrations)).database,
    config: loadConfig(ChatSettings, {}),
  })
  const presence = createPresence({
    ...shared,
    database: scope.own(await openTestDatabase(presenceMigrations)).database,
    config: loadConfig(PresenceSettings, { PRESENCE_GRACE_MS: '50', PRESENCE_SWEEP_INTERVAL_MS: '10' }),
  })
  const vision = createVision({
    ...shared,
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
  const config = loadConfig(GatewaySettings, { ...testSettings, ...settings })
  const gateway = createGateway({ ...wrapApis(apis), hub, leaseStore, clock, log, config })
  await scope.start(gateway)
  return {
    url: gateway.url(),
    apis,
    hub,
    gateway,
    signingKeyFile,
    now: clock.now,
    advance: (ms) => {
      offsetMs += ms
    },
    close: () => scope.stop(),
  }
}
