import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, chatSettings, createChat } from '@our-now/chat'
import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { createGateway, GatewaySettings } from '@our-now/gateway'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createPresence, presenceMigrations, PresenceSettings } from '@our-now/presence'
import { join } from 'node:path'
import { createStopper } from './stopper.ts'

export interface AllInOneOptions {
  /** Everything that is kept lives here: four SQLite files and two keys. */
  readonly dataDir: string
  /** Settings by their names; what is not given has its default. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** PEM texts; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly clock: Clock
  readonly log: Logger
}

export interface AllInOne {
  readonly url: string
  /** Stops in reverse order of starting. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * The whole product in this process: every service behind the direct calls, on the embedded adapters.
 *
 * @throws {ConfigError} with one sentence when it cannot start; what was opened by then is closed again
 */
export async function startAllInOne(options: AllInOneOptions): Promise<AllInOne> {
  const stopper = createStopper()
  try {
    const url = await start(options, stopper.push)
    return { url, stop: stopper.stop }
  } catch (error) {
    await stopper.stop()
    throw error
  }
}

async function start(
  { dataDir, env, tls, clock, log }: AllInOneOptions,
  atStop: (close: () => Promise<void>) => void,
): Promise<string> {
  const inFolder = (name: string): string => join(dataDir, name)
  const settings = {
    AUTH_SIGNING_KEY_FILE: inFolder('signing-key.pem'),
    AUTH_REFRESH_KEY_FILE: inFolder('refresh-key'),
    ...env,
  }
  const opened = async <T extends { close(): Promise<void> }>(opening: Promise<T> | T): Promise<T> => {
    const thing = await opening
    atStop(() => thing.close())
    return thing
  }
  const running = async <T extends { start(): Promise<void>; stop(): Promise<void> }>(
    service: T,
  ): Promise<T> => {
    atStop(() => service.stop())
    await service.start()
    return service
  }

  const eventLog = await opened(openEventLog(`sqlite:${inFolder('event-log.db')}`, { clock, log }))
  const leaseStore = await opened(openLeaseStore('memory:', { clock }))
  const hub = await opened(openSocketHub('memory:', { log }))
  const [authDatabase, chatDatabase, presenceDatabase] = await Promise.all([
    opened(openDatabase(`sqlite:${inFolder('auth.db')}`, { migrations: authMigrations, log })),
    opened(openDatabase(`sqlite:${inFolder('chat.db')}`, { migrations: chatMigrations, log })),
    opened(openDatabase(`sqlite:${inFolder('presence.db')}`, { migrations: presenceMigrations, log })),
  ])
  const shared = (component: string) => ({ eventLog, leaseStore, hub, clock, log: log.child({ component }) })

  const auth = await running(
    createAuth({ ...shared('auth'), database: authDatabase, config: loadConfig(AuthSettings, settings) }),
  )
  const chat = await running(
    createChat({ ...shared('chat'), database: chatDatabase, config: loadConfig(chatSettings, settings) }),
  )
  const presence = await running(
    createPresence({
      ...shared('presence'),
      database: presenceDatabase,
      config: loadConfig(PresenceSettings, settings),
    }),
  )
  const guard = { log, clock }
  const gateway = await running(
    createGateway({
      auth: callDirectly(authContract, auth.api, guard),
      chat: callDirectly(chatContract, chat.api, guard),
      presence: callDirectly(presenceContract, presence.api, guard),
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
