import type { AuthApi } from '@our-now/contracts/auth.ts'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

/** Finds the public key of a `kid`; undefined when auth does not know it now. */
export type FindSigningKey = (kid: string) => Promise<KeyObject | undefined>

export interface SigningKeyCacheOptions {
  readonly listSigningKeys: AuthApi['listSigningKeys']
  /** Least time between two questions to auth, in ms; 1 s. Tokens with an unknown `kid` wait for the next one. */
  readonly leastIntervalMs?: number
  /** A known key is asked about again after this, in ms; 10 minutes. So a withdrawn key ends. */
  readonly maxAgeMs?: number
}

export function createSigningKeyCache({
  listSigningKeys,
  leastIntervalMs = 1_000,
  maxAgeMs = 600_000,
}: SigningKeyCacheOptions): FindSigningKey {
  let keys = new Map<string, KeyObject>()
  let fetchedAtMs = -Infinity
  let fetching: Promise<void> | undefined

  const fetchKeys = async (): Promise<void> => {
    const restMs = fetchedAtMs + leastIntervalMs - performance.now()
    if (restMs > 0) await wait(restMs)
    fetchedAtMs = performance.now()
    const { keys: listed } = await listSigningKeys({ traceId: createTraceId() }, {})
    keys = new Map(listed.map(({ kid, pem }) => [kid, createPublicKey(pem)]))
  }
  const refresh = (): Promise<void> => {
    fetching ??= fetchKeys().finally(() => {
      fetching = undefined
    })
    return fetching
  }

  return async (kid) => {
    const known = keys.get(kid)
    if (known === undefined) await refresh()
    // In the background: a token that is good now does not wait, nor fail because auth is away for a moment.
    else if (performance.now() - fetchedAtMs > maxAgeMs) refresh().catch(() => undefined)
    return keys.get(kid)
  }
}
