import { presenceContract } from '@our-now/contracts/presence.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createMetrics } from '@our-now/platform/telemetry/create-metrics.ts'
import { PresenceProcessSettings } from './config.ts'
import { createPresence, presenceMigrations } from './index.ts'

/** The presence service as a process of its own. */
const log = createLogger(process.env['LOG_LEVEL'] ?? 'info')

await runProcess(log, async (scope) => {
  const config = loadConfig(PresenceProcessSettings, process.env)
  const options = { migrations: presenceMigrations, log, setting: 'PRESENCE_DATABASE_URL' }
  const database = scope.own(await openDatabase(config.presenceDatabaseUrl, options))
  const metrics = createMetrics('presence')
  const eventLog = scope.own(await openEventLog(config.eventLogUrl, { clock, log, metrics }))
  const leaseStore = scope.own(await openLeaseStore(config.leaseStoreUrl, { clock, log }))
  const hub = scope.own(await openSocketHub(config.socketHubUrl, { log }))
  const presence = createPresence({ database, eventLog, leaseStore, hub, clock, log, config })
  await scope.start(presence)
  const door = await serveOverHttp({
    services: [
      {
        name: 'presence',
        contract: presenceContract,
        api: presence.api,
        unreadyReason: () => presence.unreadyReason(),
      },
    ],
    host: config.presenceHost,
    port: config.presencePort,
    serviceToken: createSecret(config.serviceToken),
    metrics: () => metrics.text(),
    clock,
    log,
  })
  scope.own(door)
  log.info({ url: door.url }, 'ready')
})
