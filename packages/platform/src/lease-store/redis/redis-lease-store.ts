import type { Redis } from 'ioredis'
import { createRedisCircuit } from '../../redis/redis-circuit.ts'
import type { LeaseStore } from '../lease-store.ts'
import { claimScript, holdScript, listScript, releaseScript, takeScript } from './lease-scripts.ts'

export interface RedisLeaseStoreOptions {
  /** In front of every key. */
  readonly prefix?: string
  /** Added to the server's clock, in ms; for tests. */
  readonly offsetMs?: () => number
  /** Waiting longer than this for a lease, a caller is told that the store is away; 1 s. */
  readonly leaseWithinMs?: number
  /** The same for budgets, which stand before every command of every user; 50 ms. */
  readonly takeWithinMs?: number
}

type Script = (...keysAndArguments: readonly (string | number)[]) => Promise<unknown>

/**
 * Leases and budgets that all replicas share, on Redis or Valkey 7. Everything in it ends by itself. While the server is
 * away every call fails at once as `unavailable`: leases are renewed when it is back, budgets fall back to the caller.
 *
 * @param redis  Ended by `close`.
 */
export function createRedisLeaseStore(redis: Redis, options: RedisLeaseStoreOptions = {}): LeaseStore {
  const { prefix = 'our-now', offsetMs = () => 0, leaseWithinMs = 1_000, takeWithinMs = 50 } = options
  const leases = createRedisCircuit(redis, { patienceMs: leaseWithinMs })
  const budgets = createRedisCircuit(redis, { patienceMs: takeWithinMs })
  // Equal braces keep both keys of a lease on one node of a cluster.
  const keysOf = (key: string): [string, string] => [
    `${prefix}:lease:{${key}}:ends`,
    `${prefix}:lease:{${key}}:values`,
  ]
  const hold = define(redis, 'onHold', holdScript, 2)
  const claim = define(redis, 'onClaim', claimScript, 2)
  const release = define(redis, 'onRelease', releaseScript, 2)
  const list = define(redis, 'onList', listScript, 2)
  const take = define(redis, 'onTake', takeScript, 1)
  type Lease = readonly [key: string, member: string, ttlMs: number, value: string | undefined]
  const argumentsOf = (...[key, member, ttlMs, value]: Lease) =>
    [...keysOf(key), member, ttlMs, value === undefined ? '0' : '1', value ?? '', offsetMs()] as const
  const holdOne = (...lease: Lease): Promise<unknown> => hold(...argumentsOf(...lease))

  return {
    hold: async (key, member, ttlMs, value) => ({
      wasEmpty: (await leases.run(() => holdOne(key, member, ttlMs, value))) === 1,
    }),
    // Sent together: the client writes them in one go and reads the answers as they come.
    holdMany: async (many) =>
      void (await leases.run(() =>
        Promise.all(many.map(({ key, member, ttlMs, value }) => holdOne(key, member, ttlMs, value))),
      )),
    claim: async (key, member, ttlMs, value) => {
      const answer = await leases.run(() => claim(...argumentsOf(key, member, ttlMs, value)))
      return toMembers(answer)[0] ?? { member, value }
    },
    release: async (key, member) => ({
      isEmpty: (await leases.run(() => release(...keysOf(key), member, offsetMs()))) === 1,
    }),
    list: async (keys) => {
      const answers = await leases.run(() => Promise.all(keys.map((key) => list(...keysOf(key), offsetMs()))))
      return new Map(keys.map((key, index) => [key, toMembers(answers[index])]))
    },
    take: async (key, { perSecond, burst }, cost = 1) =>
      Number(await budgets.run(() => take(`${prefix}:budget:{${key}}`, perSecond, burst, cost, offsetMs()))),
    close: async () => {
      leases.stop()
      budgets.stop()
      redis.disconnect()
    },
  }
}

/** The client loads a script once by its hash and sends the text again only to a server that lost it. */
function define(redis: Redis, name: string, lua: string, numberOfKeys: number): Script {
  redis.defineCommand(name, { lua, numberOfKeys })
  /** True because the client has just been given a method of this name. */
  const run = Reflect.get(redis, name) as (...given: unknown[]) => Promise<unknown>
  return (...given) => run.apply(redis, [...given])
}

/** Member, whether it has a value, the value; and so on. */
function toMembers(answer: unknown): { member: string; value: string | undefined }[] {
  const parts = Array.isArray(answer) ? answer : []
  const members: { member: string; value: string | undefined }[] = []
  for (let at = 0; at + 2 < parts.length; at += 3)
    members.push({
      member: String(parts[at]),
      value: parts[at + 1] === 1 ? String(parts[at + 2]) : undefined,
    })
  return members
}
