import { authContract } from '@our-now/contracts/auth.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createMetrics } from '@our-now/platform/telemetry/create-metrics.ts'
import { AuthProcessSettings } from './config.ts'
import { authMigrations, createAuth } from './index.ts'

/** The auth service as a process of its own. */
const log = createLogger(process.env['LOG_LEVEL'] ?? 'info')

await runProcess(log, async (scope) => {
  const config = loadConfig(AuthProcessSettings, process.env)
  const options = { migrations: authMigrations, log, setting: 'AUTH_DATABASE_URL' }
  const database = scope.own(await openDatabase(config.authDatabaseUrl, options))
  const metrics = createMetrics('auth')
  const eventLog = scope.own(await openEventLog(config.eventLogUrl, { clock, log, metrics }))
  const leaseStore = scope.own(await openLeaseStore(config.leaseStoreUrl, { clock, log }))
  const hub = scope.own(await openSocketHub(config.socketHubUrl, { log }))
  const serviceToken = createSecret(config.serviceToken)
  const faces =
    config.visionUrl === undefined
      ? {}
      : {
          faces: scope.own(
            callOverHttp(visionContract, {
              service: 'vision',
              urls: config.visionUrl.split(','),
              serviceToken,
              clock,
            }),
          ).api,
        }
  const auth = createAuth({
    database,
    eventLog,
    leaseStore,
    hub,
    clock,
    log,
    config,
    metrics,
    ...faces,
  })
  await scope.start(auth)
  const door = await serveOverHttp({
    services: [
      { name: 'auth', contract: authContract, api: auth.api, unreadyReason: () => auth.unreadyReason() },
    ],
    host: config.authHost,
    port: config.authPort,
    serviceToken,
    metrics: () => metrics.text(),
    clock,
    log,
  })
  scope.own(door)
  log.info({ url: door.url }, 'ready')
})
