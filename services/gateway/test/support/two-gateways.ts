import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createPresence, presenceMigrations, PresenceSettings } from '@our-now/presence'
import { createVision, visionMigrations, VisionSettings } from '@our-now/vision'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Apis } from '../../src/apis.ts'
import { createGateway, GatewaySettings } from '../../src/index.ts'

/** The product in one process, each part with connections of its own to Redis as if it were alone. */
export interface TwoGateways {
  readonly urls: readonly [string, string]
  close(): Promise<void>
}

/** @param settings  Of both gateways, besides budgets out of the way. */
export async function startTwoGateways(
  redisUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TwoGateways> {
  const log = createTestLog()
  const folder = await mkdtemp(join(tmpdir(), 'our-now-two-gateways-'))
  const scope = createScope()
  scope.own({ close: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) })
  const eventLog = scope.own(await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log }))
  const openOwn = async () => ({
    hub: scope.own(await openSocketHub(redisUrl, { log })),
    leaseStore: scope.own(await openLeaseStore(redisUrl, { clock, log })),
    eventLog,
    clock,
    log,
  })
  const keys = {
    AUTH_SIGNING_KEY_FILE: join(folder, 'signing-key.pem'),
    AUTH_REFRESH_KEY_FILE: join(folder, 'refresh-key'),
  }
  const auth = createAuth({
    ...(await openOwn()),
    database: scope.own(await openTestDatabase(authMigrations)).database,
    config: loadConfig(AuthSettings, keys),
  })
  const chat = createChat({
    ...(await openOwn()),
    database: scope.own(await openTestDatabase(chatMigrations)).database,
    config: loadConfig(ChatSettings, {}),
  })
  const presence = createPresence({
    ...(await openOwn()),
    database: scope.own(await openTestDatabase(presenceMigrations)).database,
    config: loadConfig(PresenceSettings, {
      PRESENCE_GRACE_MS: '200',
      PRESENCE_SWEEP_INTERVAL_MS: '50',
      PRESENCE_FULL_SWEEP_INTERVAL_MS: '200',
    }),
  })
  const vision = createVision({
    ...(await openOwn()),
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
  const startGateway = async (): Promise<string> => {
    const { hub, leaseStore } = await openOwn()
    const config = loadConfig(GatewaySettings, {
      GATEWAY_PORT: '0',
      GATEWAY_SOCKET_COMMANDS_PER_SECOND: '10000',
      GATEWAY_SOCKET_COMMANDS_BURST: '10000',
      GATEWAY_SOCKET_SENDS_PER_SECOND: '10000',
      GATEWAY_SOCKET_SENDS_BURST: '10000',
      GATEWAY_USER_COMMANDS_PER_SECOND: '10000',
      GATEWAY_USER_COMMANDS_BURST: '10000',
      ...settings,
    })
    const gateway = createGateway({ ...apis, hub, leaseStore, clock, log, config })
    await scope.start(gateway)
    return gateway.url()
  }
  return { urls: [await startGateway(), await startGateway()], close: () => scope.stop() }
}
