import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { mediaContract } from '@our-now/contracts/media.ts'
import { presenceContract } from '@our-now/contracts/presence.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createMetrics } from '@our-now/platform/telemetry/create-metrics.ts'
import { GatewayProcessSettings } from './config.ts'
import { openMetricsDoor } from './metrics-door.ts'
import { readTls } from './read-tls.ts'
import { createGateway } from './service.ts'

/** For what was begun, and to close everything, in ms. */
const afterDrainMs = 10_000
const clock = systemClock
const log = createLogger(process.env['LOG_LEVEL'] ?? 'info')
await runProcess(log, async (scope) => {
  const config = loadConfig(GatewayProcessSettings, process.env)
  scope.stopWithin(config.gatewayDrainMs + afterDrainMs)
  const serviceToken = createSecret(config.serviceToken)
  const callsTo = (service: string, urls: string) => ({ service, urls: urls.split(','), serviceToken, clock })
  const { api: auth } = scope.own(callOverHttp(authContract, callsTo('auth', config.authUrl)))
  const { api: chat } = scope.own(callOverHttp(chatContract, callsTo('chat', config.chatUrl)))
  const { api: presence } = scope.own(callOverHttp(presenceContract, callsTo('presence', config.presenceUrl)))
  const media =
    config.mediaUrl === undefined
      ? {}
      : { media: scope.own(callOverHttp(mediaContract, callsTo('media', config.mediaUrl))).api }
  const { api: vision } = scope.own(callOverHttp(visionContract, callsTo('vision', config.visionUrl)))
  const chatReplicas = config.chatUrl
    .split(',')
    .map((url) => scope.own(callOverHttp(chatContract, callsTo('chat', url))).api)
  const hub = scope.own(await openSocketHub(config.socketHubUrl, { log }))
  const leaseStore = scope.own(await openLeaseStore(config.leaseStoreUrl, { clock, log }))
  const metrics = createMetrics('gateway')
  if (config.gatewayMetricsPort !== undefined)
    scope.own(
      await openMetricsDoor(metrics, {
        host: config.gatewayMetricsHost,
        port: config.gatewayMetricsPort,
        log,
      }),
    )
  const tls = await readTls(config)
  const apis = { auth, chat, presence, vision, ...media, chatReplicas }
  await scope.start(createGateway({ ...apis, hub, leaseStore, clock, log, config, metrics, ...tls }))
})
