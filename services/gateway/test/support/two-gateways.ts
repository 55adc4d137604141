import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { openSocketHub } from '@our-now/platform/socket-hub/open-socket-hub.ts'
import { createGateway, GatewaySettings } from '../../src/index.ts'
import { openPlace, startServices } from './start-services.ts'

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
  const place = await openPlace(clock)
  const { scope, log } = place
  const openOwn = async () => ({
    hub: scope.own(await openSocketHub(redisUrl, { log })),
    leaseStore: scope.own(await openLeaseStore(redisUrl, { clock, log })),
  })
  const presenceSettings = {
    PRESENCE_GRACE_MS: '200',
    PRESENCE_SWEEP_INTERVAL_MS: '50',
    PRESENCE_FULL_SWEEP_INTERVAL_MS: '200',
  }
  const { apis } = await startServices({ ...place, clock, openOwn, presenceSettings })
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
