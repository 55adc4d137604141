import { chatContract } from '@our-now/contracts/chat.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { createMetrics } from '@our-now/platform/telemetry/create-metrics.ts'
import { VisionProcessSettings } from './config.ts'
import { createVision, openEngine, visionMigrations } from './index.ts'

/** The vision service as a process of its own. */
const log = createLogger(process.env['LOG_LEVEL'] ?? 'info')

await runProcess(log, async (scope) => {
  const config = loadConfig(VisionProcessSettings, process.env)
  const serviceToken = createSecret(config.serviceToken)
  const options = {
    migrations: visionMigrations,
    log,
    setting: 'VISION_DATABASE_URL',
    erasesDeleted: true,
  }
  const database = scope.own(await openDatabase(config.visionDatabaseUrl, options))
  const metrics = createMetrics('vision')
  const leaseStore = scope.own(await openLeaseStore(config.leaseStoreUrl, { clock, log }))
  const urls = config.chatUrl.split(',')
  const { api: rooms } = scope.own(callOverHttp(chatContract, { service: 'chat', urls, serviceToken, clock }))
  const engine = await openEngine(scope, { config, log })
  const vision = createVision({ database, leaseStore, engine, rooms, clock, log, config })
  await scope.start(vision)
  const door = await serveOverHttp({
    services: [
      {
        name: 'vision',
        contract: visionContract,
        api: vision.api,
        unreadyReason: () => vision.unreadyReason(),
      },
    ],
    host: config.visionHost,
    port: config.visionPort,
    serviceToken,
    metrics: () => metrics.text(),
    clock,
    log,
  })
  scope.own(door)
  log.info({ url: door.url }, 'ready')
})
