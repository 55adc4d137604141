import type { GatewayConfig } from '../config.ts'
import type { Budget } from './token-bucket.ts'

/** All budgets by what they bound; the numbers are settings. */
export const toBudgets = (config: GatewayConfig) =>
  ({
    connects: { perSecond: config.gatewayConnectsPerSecond, burst: config.gatewayConnectsBurst },
    socketCommands: {
      perSecond: config.gatewaySocketCommandsPerSecond,
      burst: config.gatewaySocketCommandsBurst,
    },
    socketSends: { perSecond: config.gatewaySocketSendsPerSecond, burst: config.gatewaySocketSendsBurst },
    socketSyncs: { perSecond: config.gatewaySocketSyncsPerSecond, burst: config.gatewaySocketSyncsBurst },
    socketTyping: { perSecond: config.gatewaySocketTypingPerSecond, burst: config.gatewaySocketTypingBurst },
    socketJoins: { perSecond: config.gatewaySocketJoinsPerSecond, burst: config.gatewaySocketJoinsBurst },
    socketBytes: { perSecond: config.gatewaySocketBytesPerSecond, burst: config.gatewaySocketBytesBurst },
    userCommands: { perSecond: config.gatewayUserCommandsPerSecond, burst: config.gatewayUserCommandsBurst },
    userCalls: { perSecond: config.gatewayUserCallsPerSecond, burst: config.gatewayUserCallsBurst },
    routeCalls: { perSecond: config.gatewayRouteCallsPerSecond, burst: config.gatewayRouteCallsBurst },
    addressCalls: { perSecond: config.gatewayAddressCallsPerSecond, burst: config.gatewayAddressCallsBurst },
    addressSignIns: {
      perSecond: config.gatewayAddressSignInsPerSecond,
      burst: config.gatewayAddressSignInsBurst,
    },
  }) as const satisfies Record<string, Budget>

export type Budgets = ReturnType<typeof toBudgets>
