export interface DelayPolicy {
  /** So many failures cost nothing. */
  readonly freeFailures: number
  /** The longest wait, in ms. Not a lock-out: the owner's next try is never further away than this. */
  readonly maxDelayMs: number
}

const firstDelayMs = 1_000

/**
 * How long an account must be left alone after these failures: nothing for the first few, then 1 s, 2 s, 4 s … from the
 * last one.
 *
 * @param failedAt  Instants of the failures still remembered, in any order.
 * @returns         ms from `now`; 0 when a try may be made.
 */
export function delayAfter(policy: DelayPolicy, failedAt: readonly number[], now: number): number {
  const excess = failedAt.length - policy.freeFailures
  if (excess < 0) return 0
  const delayMs = Math.min(firstDelayMs * 2 ** excess, policy.maxDelayMs)
  return Math.max(0, Math.max(...failedAt) + delayMs - now)
}
