import { systemClock } from '../clock/clock.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Logger } from '../logging/logger.ts'
import type { Database, Migration } from './database.ts'

const ledger = 'applied_migrations'

interface MigrateOptions {
  /** What the person knows the database by, for messages. */
  readonly place: string
  readonly log: Logger
  /** Runs a step that is not applied yet, where more than a transaction is needed to do it wholly or not at all. */
  readonly around?: (name: string, step: () => Promise<boolean>) => Promise<boolean>
}

/**
 * Brings the schema up to date in the order of the names, each step in a transaction of its own that also writes the
 * ledger. Forward only. Two processes may do it at once: each step looks again under its lock.
 *
 * @throws {ConfigError} when the database was written by a newer version
 */
export async function migrate(
  transaction: Database['transaction'],
  migrations: readonly Migration[],
  { place, log, around = (_name, step) => step() }: MigrateOptions,
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
    if (!applied.has(step.name) && (await around(step.name, () => apply(transaction, step))))
      log.info({ migration: step.name }, 'migration applied')
}

async function readLedger(transaction: Database['transaction']): Promise<ReadonlySet<string>> {
  return transaction(async (trx) => {
    if (!(await trx.schema.hasTable(ledger)))
      await trx.schema.createTable(ledger, (table) => {
        table.string('name', 100).primary()
        table.bigInteger('applied_at_ms').notNullable()
      })
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
