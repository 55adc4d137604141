import { systemClock } from '../clock/clock.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Logger } from '../logging/logger.ts'
import type { Database, Migration } from './database.ts'

const ledger = 'applied_migrations'

/**
 * Brings the schema up to date in the order of the names, each step in a transaction of its own that also writes the
 * ledger. Forward only. Two processes may do it at once: each step looks again under its lock.
 *
 * @param place  What the person knows the database by, for messages.
 * @throws {ConfigError} when the database was written by a newer version
 */
export async function migrate(
  transaction: Database['transaction'],
  migrations: readonly Migration[],
  { place, log }: { place: string; log: Logger },
): Promise<void> {
  const steps = migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const names = new Set(steps.map(({ name }) => name))
  if (names.size !== steps.length) throw new Error('two migrations have one name')
  const applied = await readLedger(transaction)
  const unknown = [...applied].filter((name) => !names.has(name))
  if (unknown.length > 0)
    throw new ConfigError(
      `The database ${place} was written by a newer version (${unknown.join(', ')}): start that version, or restore an older backup.`,
    )
  for (const step of steps)
    if (!applied.has(step.name) && (await apply(transaction, step)))
      log.info({ migration: step.name }, 'migration applied')
}

async function readLedger(transaction: Database['transaction']): Promise<ReadonlySet<string>> {
  return transaction(async (trx) => {
    await trx.raw(
      `create table if not exists ${ledger} (name varchar(100) not null primary key, applied_at_ms bigint not null)`,
    )
    const rows: readonly { name: string }[] = await trx(ledger).select('name')
    return new Set(rows.map(({ name }) => name))
  })
}

/** @returns whether this process did it */
async function apply(transaction: Database['transaction'], { name, up }: Migration): Promise<boolean> {
  return transaction(async (trx) => {
    const known: unknown = await trx(ledger).where({ name }).first('name')
    if (known !== undefined) return false
    await up(trx)
    await trx(ledger).insert({ name, applied_at_ms: systemClock.now() })
    return true
  })
}
