import type { Clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createMemorySocketHub } from '@our-now/platform/socket-hub/memory-socket-hub.ts'
import type { Apis } from '../../src/apis.ts'
import { createGateway, GatewaySettings, type Gateway } from '../../src/index.ts'
import { createFaultyHub, type FaultyHub } from './faulty-hub.ts'
import { openPlace, startServices } from './start-services.ts'

export interface StackOptions {
  /** Settings of the gateway besides the defaults of tests (budgets out of the way, short intervals). */
  readonly settings?: Readonly<Record<string, string>>
  /** Changes what the gateway calls: a service that fails. */
  readonly wrapApis?: (apis: Apis) => Apis
}

export interface Stack {
  readonly url: string
  readonly apis: Apis
  readonly hub: FaultyHub
  readonly gateway: Gateway
  readonly signingKeyFile: string
  /** Moves the clock of all services; timers do not move with it. */
  advance(ms: number): void
  now(): number
  close(): Promise<void>
}

const testSettings = {
  GATEWAY_PORT: '0',
  GATEWAY_HEADS_INTERVAL_MS: '100',
  GATEWAY_HEADS_SPREAD_MS: '50',
  GATEWAY_REVOKED_INTERVAL_MS: '100',
  GATEWAY_SOCKET_COMMANDS_PER_SECOND: '10000',
  GATEWAY_SOCKET_COMMANDS_BURST: '10000',
  GATEWAY_SOCKET_SENDS_PER_SECOND: '10000',
  GATEWAY_SOCKET_SENDS_BURST: '10000',
  GATEWAY_USER_COMMANDS_PER_SECOND: '10000',
  GATEWAY_USER_COMMANDS_BURST: '10000',
  GATEWAY_USER_CALLS_BURST: '10000',
  GATEWAY_ROUTE_CALLS_BURST: '10000',
}

/** The real auth, chat and presence on databases of their own, and a gateway in front. */
export async function startStack({
  settings = {},
  wrapApis = (apis) => apis,
}: StackOptions = {}): Promise<Stack> {
  let offsetMs = 0
  const clock: Clock = { now: () => Date.now() + offsetMs }
  const place = await openPlace(clock)
  const { scope, log } = place
  const leaseStore = scope.own(await openLeaseStore('memory:', { clock, log }))
  const hub = scope.own(createFaultyHub(createMemorySocketHub({ log })))
  const { apis, signingKeyFile } = await startServices({
    ...place,
    clock,
    openOwn: async () => ({ hub, leaseStore }),
    presenceSettings: { PRESENCE_GRACE_MS: '50', PRESENCE_SWEEP_INTERVAL_MS: '10' },
  })
  const config = loadConfig(GatewaySettings, { ...testSettings, ...settings })
  const gateway = createGateway({ ...wrapApis(apis), hub, leaseStore, clock, log, config })
  await scope.start(gateway)
  return {
    url: gateway.url(),
    apis,
    hub,
    gateway,
    signingKeyFile,
    now: clock.now,
    advance: (ms) => {
      offsetMs += ms
    },
    close: () => scope.stop(),
  }
}
