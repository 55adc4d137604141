import { chatContract } from '@our-now/contracts/chat.ts'
import { mediaPlacesContract } from '@our-now/contracts/media-places.ts'
import { mediaContract } from '@our-now/contracts/media.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { MediaProcessSettings } from './config.ts'
import { createMedia } from './index.ts'
import type { MediaNode } from './nodes/call-leases.ts'
import { createOtherNodes } from './nodes/other-nodes.ts'

/** The media service as a process of its own, with its workers as children. */
const log = createLogger(process.env['LOG_LEVEL'] ?? 'info')

await runProcess(log, async (scope) => {
  const config = loadConfig(MediaProcessSettings, process.env)
  const serviceToken = createSecret(config.serviceToken)
  const urls = config.chatUrl.split(',')
  const { api: chat } = scope.own(callOverHttp(chatContract, { service: 'chat', urls, serviceToken, clock }))
  const leaseStore = scope.own(await openLeaseStore(config.leaseStoreUrl, { clock, log }))
  const hub = scope.own(await openSocketHub(config.socketHubUrl, { log }))
  const url = config.mediaNodeUrl ?? `http://${config.mediaHost}:${config.mediaPort}`
  const others = scope.own(createOtherNodes({ serviceToken, clock }))
  const nodes = {
    url,
    openNode: (to: MediaNode) => others.open(to),
    openPlaces: (to: MediaNode) => others.openPlaces(to),
  }
  const media = createMedia({ chat, hub, leaseStore, clock, log, config, nodes })
  await scope.start(media)
  const unreadyReason = () => media.unreadyReason()
  const door = await serveOverHttp({
    services: [
      { name: 'media', contract: mediaContract, api: media.api, unreadyReason },
      { name: 'media-node', contract: mediaContract, api: media.nodeApi, unreadyReason },
      { name: 'media-places', contract: mediaPlacesContract, api: media.placesApi, unreadyReason },
    ],
    host: config.mediaHost,
    port: config.mediaPort,
    serviceToken,
    clock,
    log,
  })
  scope.own(door)
  log.info({ url: door.url }, 'ready')
})
