import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { mediaContract } from '@our-now/contracts/media.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { createGateway, GatewaySettings } from '@our-now/gateway'
import { createMedia, MediaSettings } from '@our-now/media'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database, Migration } from '@our-now/platform/database/database.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createPresence, presenceMigrations, PresenceSettings } from '@our-now/presence'
import { createVision, openEngine, visionMigrations, VisionSettings } from '@our-now/vision'
import { join } from 'node:path'

export interface AllInOneOptions {
  /** Everything that is kept lives here: five SQLite files and four keys. */
  readonly dataDir: string
  /** Settings by their names; what is not given has its default. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** PEM texts; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The whole product in this process: every service behind the direct calls, on the embedded adapters. What is opened
 * and started is put into `scope`, which ends it in reverse order.
 *
 * @returns where it answers
 * @throws {ConfigError} with one sentence when it cannot start
 */
export async function startAllInOne(
  scope: Scope,
  { dataDir, env, tls, clock, log }: AllInOneOptions,
): Promise<string> {
  const inFolder = (name: string): string => join(dataDir, name)
  const settings = {
    AUTH_SIGNING_KEY_FILE: inFolder('signing-key.pem'),
    AUTH_REFRESH_KEY_FILE: inFolder('refresh-key'),
    AUTH_FACTOR_KEY_FILE: inFolder('factor-key'),
    VISION_KEY_FILE: inFolder('vision-key'),
    ...env,
  }
  const eventLog = scope.own(await openEventLog(`sqlite:${inFolder('event-log.db')}`, { clock, log }))
  const leaseStore = scope.own(await openLeaseStore('memory:', { clock, log }))
  const hub = scope.own(await openSocketHub('memory:', { log }))
  const open = async (
    name: string,
    migrations: readonly Migration[],
    erasesDeleted = false,
  ): Promise<Database> =>
    scope.own(await openDatabase(`sqlite:${inFolder(`${name}.db`)}`, { migrations, log, erasesDeleted }))
  const running = async <T extends { start(): Promise<void>; stop(): Promise<void> }>(
    service: T,
  ): Promise<T> => {
    await scope.start(service)
    return service
  }
  const [authDatabase, chatDatabase, presenceDatabase, visionDatabase] = await Promise.all([
    open('auth', authMigrations),
    open('chat', chatMigrations),
    open('presence', presenceMigrations),
    open('vision', visionMigrations, true),
  ])
  const shared = (component: string) => ({ eventLog, leaseStore, hub, clock, log: log.child({ component }) })
  const authConfig = loadConfig(AuthSettings, settings)
  const chatConfig = loadConfig(ChatSettings, settings)
  const presenceConfig = loadConfig(PresenceSettings, settings)
  const visionConfig = loadConfig(VisionSettings, settings)
  const chat = await running(createChat({ ...shared('chat'), database: chatDatabase, config: chatConfig }))
  const presence = await running(
    createPresence({ ...shared('presence'), database: presenceDatabase, config: presenceConfig }),
  )
  const guard = { log, clock }
  const chatApi = callDirectly(chatContract, chat.api, guard)
  const mediaConfig = loadConfig(MediaSettings, settings)
  const media = await running(createMedia({ ...shared('media'), chat: chatApi, config: mediaConfig }))
  const vision = await running(
    createVision({
      ...shared('vision'),
      database: visionDatabase,
      engine: await openEngine(scope, { config: visionConfig, log }),
      rooms: chatApi,
      config: visionConfig,
    }),
  )
  const visionApi = callDirectly(visionContract, vision.api, guard)
  const auth = await running(
    createAuth({ ...shared('auth'), database: authDatabase, faces: visionApi, config: authConfig }),
  )
  const gateway = await running(
    createGateway({
      auth: callDirectly(authContract, auth.api, guard),
      chat: chatApi,
      media: callDirectly(mediaContract, media.api, guard),
      presence: callDirectly(presenceContract, presence.api, guard),
      vision: visionApi,
      hub,
      leaseStore,
      clock,
      log: log.child({ component: 'gateway' }),
      config: loadConfig(GatewaySettings, settings),
      ...(tls === undefined ? {} : { tls }),
    }),
  )
  return gateway.url()
}
