import { authMigrations, AuthSettings, createAuth } from '@our-now/auth'
import { chatMigrations, ChatSettings, createChat } from '@our-now/chat'
import { authContract, type AuthApi } from '@our-now/contracts/auth.ts'
import { chatContract, type ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { join } from 'node:path'

export interface DemoServices {
  readonly auth: AuthApi
  readonly chat: ChatApi
}

/**
 * The two services that keep something, on the files of the data folder, without a door: nobody can look in before the
 * demo is complete. `scope` ends them.
 */
export async function openServices(
  scope: Scope,
  { dataDir, clock, log }: { dataDir: string; clock: Clock; log: Logger },
): Promise<DemoServices> {
  const inFolder = (name: string): string => join(dataDir, name)
  const settings = {
    AUTH_SIGNING_KEY_FILE: inFolder('signing-key.pem'),
    AUTH_REFRESH_KEY_FILE: inFolder('refresh-key'),
    AUTH_FACTOR_KEY_FILE: inFolder('factor-key'),
    // Read cursors are set one after the other here; there is nobody to gather them for.
    CHAT_CURSOR_COALESCE_MS: '0',
  }
  const shared = {
    eventLog: scope.own(await openEventLog(`sqlite:${inFolder('event-log.db')}`, { clock, log })),
    leaseStore: scope.own(await openLeaseStore('memory:', { clock, log })),
    hub: scope.own(await openSocketHub('memory:', { log })),
    clock,
    log,
  }
  const authDatabase = scope.own(
    await openDatabase(`sqlite:${inFolder('auth.db')}`, { migrations: authMigrations, log }),
  )
  const chatDatabase = scope.own(
    await openDatabase(`sqlite:${inFolder('chat.db')}`, { migrations: chatMigrations, log }),
  )
  const auth = createAuth({
    ...shared,
    database: authDatabase,
    config: loadConfig(AuthSettings, settings),
  })
  const chat = createChat({
    ...shared,
    database: chatDatabase,
    config: loadConfig(ChatSettings, settings),
  })
  await scope.start(auth)
  await scope.start(chat)
  const guard = { clock, log }
  return {
    auth: callDirectly(authContract, auth.api, guard),
    chat: callDirectly(chatContract, chat.api, guard),
  }
}
