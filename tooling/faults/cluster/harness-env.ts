import { raisedBudgets } from '@our-now/testkit/raised-budgets.ts'

/** What the harness sets for itself besides the budgets. */
export const harnessEnv: Readonly<Record<string, string>> = {
  ...raisedBudgets,
  GATEWAY_SOCKET_SYNCS_PER_SECOND: '1000',
  GATEWAY_SOCKET_SYNCS_BURST: '10000',
  // A rolling restart in the middle of 40 s must come to its end.
  GATEWAY_DRAIN_MS: '1500',
  // Short enough that every client renews its token in the middle of the faults.
  AUTH_ACCESS_TOKEN_TTL_MS: '25000',
}
