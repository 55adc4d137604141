import { authContract, type AuthApi } from '@our-now/contracts/auth.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import type { Published } from '@our-now/platform/socket-hub/socket-hub.ts'
import { createFakeClock, type FakeClock } from '@our-now/testkit/fake-clock.ts'
import { createListeningHub } from '@our-now/testkit/listening-hub.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authMigrations, AuthSettings, createAuth, type AuthDeps } from '../../src/index.ts'
import { createKeyRing } from '../../src/tokens/key-ring.ts'

export interface AuthStack {
  readonly auth: AuthApi
  readonly clock: FakeClock
  readonly database: Database
  readonly eventLog: EventLog
  /** What was pushed to sockets so far. */
  readonly pushes: readonly Published[]
  /** Another replica on the same database, with keys from the same files. */
  startAnother(): Promise<AuthApi>
  close(): Promise<void>
}

/** The auth service on a real database, log and lease store of its own; only its clock is ours. */
export async function startAuthStack(
  settings: Readonly<Record<string, string>> = {},
  faces?: AuthDeps['faces'],
): Promise<AuthStack> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-auth-'))
  const clock = createFakeClock()
  const log = createTestLog()
  const { database, close: closeDatabase } = await openTestDatabase(authMigrations)
  const eventLog = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log })
  const leaseStore = await openLeaseStore('memory:', { clock, log })
  const config = loadConfig(AuthSettings, {
    AUTH_SIGNING_KEY_FILE: join(folder, 'keys', 'signing.pem'),
    AUTH_REFRESH_KEY_FILE: join(folder, 'keys', 'refresh'),
    AUTH_FACTOR_KEY_FILE: join(folder, 'keys', 'factor'),
    ...settings,
  })
  // Replicas on a shared database are given their keys.
  await createKeyRing({ ...config, mayCreate: true, log }).load()
  const { hub, pushes } = createListeningHub()
  const stops: (() => Promise<void>)[] = []

  const startReplica = async (): Promise<AuthApi> => {
    const service = createAuth({
      database,
      eventLog,
      leaseStore,
      hub,
      clock,
      log,
      config,
      ...(faces && { faces }),
    })
    await service.start()
    stops.push(() => service.stop())
    return callDirectly(authContract, service.api, { log, clock: systemClock })
  }
  return {
    auth: await startReplica(),
    clock,
    database,
    eventLog,
    pushes,
    startAnother: startReplica,
    close: async () => {
      for (const stop of stops.toReversed()) await stop()
      await leaseStore.close()
      await eventLog.close()
      await closeDatabase()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

let calls = 0
/** An anonymous call, each from an address of its own unless one is given. */
export function anonymous(address = `10.0.${Math.floor(++calls / 250)}.${calls % 250}`): CallContext {
  return { traceId: 'test', address }
}

/** A call by somebody who is signed in. */
export function as(signedIn: { account: { userId: string }; sessionId: string }): CallContext {
  return { ...anonymous(), userId: signedIn.account.userId, sessionId: signedIn.sessionId }
}

export const goodPassword = 'purple-otter-91'

export function aRegistration(handle: string): Parameters<AuthApi['register']>[1] {
  return { handle, password: goodPassword, displayName: `Name of ${handle}`, deviceName: 'Test phone' }
}
