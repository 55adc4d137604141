import knex, { type Knex } from 'knex'
import { isAbsolute } from 'node:path'
import { ConfigError } from '../../config/config-error.ts'
import { AppError } from '../../errors/app-error.ts'
import type { Logger } from '../../logging/logger.ts'
import type { Database, OpenDatabaseOptions } from '../database.ts'
import { migrate } from '../migrate.ts'
import { createRefusedWrites } from '../refused-writes.ts'
import { createTransactionQueue } from '../transaction-queue.ts'
import type { ConnectionName } from './protocol.ts'
import { createThreadClient } from './knex-client.ts'
import { openingProblem, SqliteError } from './sqlite-error.ts'
import { openSqliteThread, type SqliteThread } from './sqlite-thread.ts'

/** Reads on their way into the thread, which answers one after the other. */
const maxReads = 32

/**
 * A database in the file at `path`, in a thread of its own: one connection that writes, one that reads. Journal WAL,
 * `synchronous=FULL`: what is committed survives the end of the process and of the machine.
 *
 * @throws {ConfigError} when the file cannot be used
 */
export async function openSqliteDatabase(
  path: string,
  { migrations, log, erasesDeleted = false }: OpenDatabaseOptions & { readonly log: Logger },
): Promise<Database> {
  if (!isAbsolute(path))
    throw new ConfigError(`sqlite:${path} needs an absolute path: sqlite:/absolute/file.db.`)
  const thread = await openSqliteThread(path, { erasesDeleted })
  const writer = openKnex(thread, 'write', 1)
  const reader = openKnex(thread, 'read', maxReads)
  const queue = createTransactionQueue(writer)
  const refused = createRefusedWrites(isRefusal, log.child({ path }))
  const transaction: Database['transaction'] = (work) => refused.watch(() => queue.run(work))

  const close = async (): Promise<void> => {
    await queue.close()
    await Promise.all([writer.destroy(), reader.destroy()])
    await thread.close()
  }

  try {
    await migrate(transaction, migrations, { place: path, log })
  } catch (error) {
    await close()
    if (isRefusal(error)) throw new ConfigError(openingProblem(path, error.cause))
    throw error
  }
  return {
    dialect: 'sqlite',
    reader,
    transaction,
    unreadyReason: () => {
      if (thread.endedReason() !== undefined) return 'database: closed'
      const reason = refused.reason()
      return reason === undefined ? undefined : `database: ${reason}`
    },
    close,
  }
}

/** Whether the database itself could not do it, and not the work in the transaction. */
const isRefusal = (error: unknown): error is AppError & { readonly cause: SqliteError } =>
  error instanceof AppError && error.cause instanceof SqliteError

function openKnex(thread: SqliteThread, name: ConnectionName, max: number): Knex {
  return knex({
    client: createThreadClient(thread, name),
    // Knex makes a pool only for a connection; the file is the thread's.
    connection: { filename: name },
    pool: { min: 0, max },
    useNullAsDefault: true,
    // Values of statements are personal data: they stay out of error messages.
    compileSqlOnError: false,
  })
}
