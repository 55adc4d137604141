import type { Clock } from '../clock/clock.ts'
import { AppError } from '../errors/app-error.ts'
import type { LeaseStore } from './lease-store.ts'
import { refilled, waitMs, type Bucket, type Budget } from './token-bucket.ts'

interface Lease {
  readonly endsAtMs: number
  readonly value: string | undefined
}

interface Count extends Bucket {
  readonly budget: Budget
}

export interface MemoryLeaseStoreOptions {
  readonly clock: Clock
  /** Leases in all; one more is refused. */
  readonly maxLeases?: number
  /** Buckets in all; one more pushes out the one that rested longest. */
  readonly maxBuckets?: number
}

/** Ended leases and full buckets are looked for this often, in ms; until then they only cost memory. */
const sweepEveryMs = 10_000

/** Leases and budgets of this process alone; they end with it. */
export function createMemoryLeaseStore(options: MemoryLeaseStoreOptions): LeaseStore {
  const { clock, maxLeases = 1_000_000, maxBuckets = 200_000 } = options
  const leases = new Map<string, Map<string, Lease>>()
  const counts = new Map<string, Count>()
  let leaseCount = 0
  let sweptAtMs = clock.now()

  const remove = (key: string, member: string): void => {
    const members = leases.get(key)
    if (members?.delete(member) !== true) return
    leaseCount--
    if (members.size === 0) leases.delete(key)
  }
  const sweep = (now: number): void => {
    sweptAtMs = now
    for (const [key, members] of leases)
      for (const [member, { endsAtMs }] of members) if (endsAtMs <= now) remove(key, member)
    for (const [key, count] of counts)
      if (refilled(count, count.budget, now) >= count.budget.burst) counts.delete(key)
  }
  /** @returns the instant, after what ended was put away now and then. */
  const tick = (): number => {
    const now = clock.now()
    if (now - sweptAtMs >= sweepEveryMs) sweep(now)
    return now
  }
  const listLive = (key: string, now: number): { member: string; value: string | undefined }[] =>
    [...(leases.get(key) ?? [])]
      .filter(([, { endsAtMs }]) => endsAtMs > now)
      .map(([member, { value }]) => ({ member, value }))
  const hasLive = (key: string, now: number): boolean => {
    for (const { endsAtMs } of leases.get(key)?.values() ?? []) if (endsAtMs > now) return true
    return false
  }

  const hold = (key: string, member: string, ttlMs: number, value: string | undefined, now: number): void => {
    const members = leases.get(key) ?? new Map<string, Lease>()
    if (!members.has(member)) {
      if (leaseCount >= maxLeases) sweep(now)
      if (leaseCount >= maxLeases) throw new AppError('overloaded', undefined, { retryAfterMs: sweepEveryMs })
      leaseCount++
    }
    members.set(member, { endsAtMs: now + ttlMs, value })
    leases.set(key, members)
  }

  return {
    hold: async (key, member, ttlMs, value) => {
      const now = tick()
      const wasEmpty = !hasLive(key, now)
      hold(key, member, ttlMs, value, now)
      return { wasEmpty }
    },
    holdMany: async (many) => {
      const now = tick()
      for (const { key, member, ttlMs, value } of many) hold(key, member, ttlMs, value, now)
    },
    claim: async (key, member, ttlMs, value) => {
      const now = tick()
      const other = listLive(key, now).find((lease) => lease.member !== member)
      if (other !== undefined) return other
      hold(key, member, ttlMs, value, now)
      return { member, value }
    },
    release: async (key, member) => {
      const now = tick()
      remove(key, member)
      return { isEmpty: !hasLive(key, now) }
    },
    list: async (keys) => {
      const now = tick()
      return new Map(keys.map((key) => [key, listLive(key, now)]))
    },
    take: async (key, budget, cost = 1) => {
      const now = tick()
      const known = counts.get(key)
      const tokens = known === undefined ? budget.burst : refilled(known, budget, now)
      if (tokens < cost) return waitMs(tokens, cost, budget)
      counts.delete(key)
      counts.set(key, { tokens: tokens - cost, atMs: now, budget })
      if (counts.size > maxBuckets) counts.delete(counts.keys().next().value ?? '')
      return 0
    },
    close: async () => {
      leases.clear()
      counts.clear()
      leaseCount = 0
    },
  }
}
