import type { Clock } from '../clock/clock.ts'
import type { Database, Transaction } from '../database/database.ts'
import { lockRows } from '../database/dialect.ts'

/** How long a shard stays with an owner that says nothing, in ms: the wait after a crash. */
const leaseMs = 5_000
/** Shards of another owner are asked for no more often than this, in ms: asking locks their rows. */
const askAgainMs = 1_000

/** Which shards this relay may send, by rows that every replica sees. */
export interface RelayLeases {
  /** Those of `wanted` that are this relay's now. Writes only when a lease must be taken or is half over. */
  hold(wanted: readonly number[]): Promise<number[]>
  /** Those of `shards` that are still this relay's by the rows themselves, which stay locked until `trx` ends. */
  listStillHeld(trx: Transaction, shards: readonly number[]): Promise<ReadonlySet<number>>
  /** Gives all back, so that another replica need not wait. */
  release(): Promise<void>
}

interface LeaseRow {
  readonly shard: number
  readonly owner: string
  readonly epoch: number
  readonly until_ms: number
}

/** @param owner  Unique per relay, at most 36 characters. */
export function createRelayLeases(database: Database, clock: Clock, owner: string): RelayLeases {
  /** What I hold: the epoch is the fence, a new owner raises it. */
  const held = new Map<number, { readonly epoch: number; readonly untilMs: number }>()
  /** When to ask again for those of others. */
  const askAtMs = new Map<number, number>()

  const takeOrExtend = async (shards: readonly number[]): Promise<void> => {
    const { mine, free, untilMs } = await database.transaction(async (trx) => {
      const now = clock.now()
      const rows: readonly LeaseRow[] = await lockRows(trx('relay_leases').whereIn('shard', shards), trx)
      const mine = rows.filter(isHeld)
      const free = rows.filter((row) => !mine.includes(row) && (row.owner === owner || isOver(row, now)))
      const untilMs = now + leaseMs
      if (mine.length > 0)
        await trx('relay_leases').whereIn('shard', shardsOf(mine)).update({ until_ms: untilMs })
      if (free.length > 0)
        await trx('relay_leases')
          .whereIn('shard', shardsOf(free))
          .update({ owner, until_ms: untilMs })
          .increment('epoch', 1)
      return { mine, free, untilMs }
    })
    for (const shard of shards) {
      held.delete(shard)
      askAtMs.set(shard, performance.now() + askAgainMs)
    }
    for (const { shard, epoch } of mine) held.set(shard, { epoch, untilMs })
    for (const { shard, epoch } of free) held.set(shard, { epoch: epoch + 1, untilMs })
  }
  const isHeld = (row: LeaseRow): boolean => row.owner === owner && row.epoch === held.get(row.shard)?.epoch

  const isDue = (shard: number): boolean => {
    const mine = held.get(shard)
    if (mine === undefined) return (askAtMs.get(shard) ?? 0) <= performance.now()
    return mine.untilMs < clock.now() + leaseMs / 2
  }

  return {
    hold: async (wanted) => {
      const due = wanted.filter(isDue)
      if (due.length > 0) await takeOrExtend(due)
      return wanted.filter((shard) => held.has(shard))
    },
    listStillHeld: async (trx, shards) => {
      const rows: readonly LeaseRow[] = await lockRows(trx('relay_leases').whereIn('shard', shards), trx)
      const lost = rows.filter((row) => !isHeld(row))
      for (const { shard } of lost) held.delete(shard)
      return new Set(shardsOf(rows.filter(isHeld)))
    },
    release: async () => {
      if (held.size === 0) return
      held.clear()
      await database.transaction((trx) =>
        trx('relay_leases').where({ owner }).update({ owner: '', until_ms: 0 }).increment('epoch', 1),
      )
    },
  }
}

const shardsOf = (rows: readonly LeaseRow[]): number[] => rows.map(({ shard }) => shard)

/** Also when it ends later than any owner asks for: that one's clock was wrong, and nobody should wait for it. */
const isOver = (row: LeaseRow, now: number): boolean =>
  row.until_ms <= now || row.until_ms > now + 2 * leaseMs
