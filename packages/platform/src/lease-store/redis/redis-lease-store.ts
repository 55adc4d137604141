import type { Redis } from 'ioredis'
import { AppError } from '../../errors/app-error.ts'
import type { LeaseStore } from '../lease-store.ts'
import { holdScript, listScript, releaseScript, takeScript } from './lease-scripts.ts'

export interface RedisLeaseStoreOptions {
  /** In front of every key. */
  readonly prefix?: string
  /** Added to the server's clock, in ms; for tests. */
  readonly offsetMs?: () => number
}

type Script = (...keysAndArguments: readonly (string | number)[]) => Promise<unknown>

/**
 * Leases and budgets that all replicas share, on Redis or Valkey 7. Everything in it ends by itself. While the server is
 * away every call fails at once as `unavailable`: leases are renewed when it is back, budgets fall back to the caller.
 *
 * @param redis  Ended by `close`.
 */
export function createRedisLeaseStore(redis: Redis, options: RedisLeaseStoreOptions = {}): LeaseStore {
  const { prefix = 'our-now', offsetMs = () => 0 } = options
  // Equal braces keep both keys of a lease on one node of a cluster.
  const keysOf = (key: string): [string, string] => [
    `${prefix}:lease:{${key}}:ends`,
    `${prefix}:lease:{${key}}:values`,
  ]
  const hold = define(redis, 'onHold', holdScript, 2)
  const release = define(redis, 'onRelease', releaseScript, 2)
  const list = define(redis, 'onList', listScript, 2)
  const take = define(redis, 'onTake', takeScript, 1)
  const holdOne = (key: string, member: string, ttlMs: number, value: string | undefined): Promise<unknown> =>
    hold(...keysOf(key), member, ttlMs, value === undefined ? '0' : '1', value ?? '', offsetMs())

  return {
    hold: async (key, member, ttlMs, value) => ({
      wasEmpty: (await reach(holdOne(key, member, ttlMs, value))) === 1,
    }),
    // Sent together: the client writes them in one go and reads the answers as they come.
    holdMany: async (leases) =>
      void (await reach(
        Promise.all(leases.map(({ key, member, ttlMs, value }) => holdOne(key, member, ttlMs, value))),
      )),
    release: async (key, member) => ({
      isEmpty: (await reach(release(...keysOf(key), member, offsetMs()))) === 1,
    }),
    list: async (keys) => {
      const answers = await reach(Promise.all(keys.map((key) => list(...keysOf(key), offsetMs()))))
      return new Map(keys.map((key, index) => [key, toMembers(answers[index])]))
    },
    take: async (key, { perSecond, burst }, cost = 1) =>
      Number(await reach(take(`${prefix}:budget:{${key}}`, perSecond, burst, cost, offsetMs()))),
    close: async () => redis.disconnect(),
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

async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new AppError('unavailable', undefined, { cause: error, retryAfterMs: 1_000 })
  }
}
