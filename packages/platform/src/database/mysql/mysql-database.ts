import knex, { type Knex } from 'knex'
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import { ConfigError } from '../../config/config-error.ts'
import { AppError } from '../../errors/app-error.ts'
import type { Logger } from '../../logging/logger.ts'
import type { Database, OpenDatabaseOptions } from '../database.ts'
import { migrate } from '../migrate.ts'
import { createRefusedWrites } from '../refused-writes.ts'
import { createMysqlClient, toConnectionOptions } from './knex-client.ts'
import { whileLocked } from './migrate-lock.ts'
import { MysqlError, toMysqlError } from './mysql-error.ts'
import { parseMysqlUrl, type MysqlPlace } from './parse-mysql-url.ts'
import { checkServer, factsQuery, toServerFacts, type ServerFacts, type SessionKind } from './server-facts.ts'
import { restWithinMs } from './session-settings.ts'
import { createTransactionPool } from './transaction-pool.ts'
import { withUndo } from './undo-unfinished.ts'
import { watchServer } from './watch-server.ts'

/**
 * A database on a MySQL or MariaDB server: READ COMMITTED, one pool for transactions and one that only reads, both on
 * the primary. Commits survive the end of the server's process and machine, or it is not opened.
 *
 * @param url  `mysql://user:password@host:3306/database`; the database is there, its tables are made.
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openMysqlDatabase(
  url: string,
  { migrations, log, setting }: OpenDatabaseOptions & { readonly log: Logger; readonly setting: string },
): Promise<Database> {
  const place = parseMysqlUrl(url, setting)
  const facts = await prepare(place, { migrations, log, setting })
  const writer = openKnex(place, facts, 'write')
  const reader = openKnex(place, facts, 'read')
  const transactions = createTransactionPool(writer)
  const watch = watchServer(reader, log)
  const refused = createRefusedWrites(isDiskFull, log)
  let closing: Promise<void> | undefined

  return {
    dialect: 'mysql',
    reader,
    transaction: (work) => refused.watch(() => transactions.run(work)),
    unreadyReason: () => {
      if (closing !== undefined) return 'database: closed'
      const trouble = refused.reason() ?? watch.trouble()
      return trouble === undefined ? undefined : `database: ${trouble}`
    },
    close: () => {
      closing ??= (async () => {
        await transactions.close()
        await watch.stop()
        await Promise.all([writer.destroy(), reader.destroy()])
      })()
      return closing
    },
  }
}

const isDiskFull = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'storage_full'

/** Looks at the server and brings the tables up to date, one process at a time. */
async function prepare(
  place: MysqlPlace,
  { migrations, log, setting }: OpenDatabaseOptions & { readonly log: Logger; readonly setting: string },
): Promise<ServerFacts> {
  const connection = await connect(place, setting)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(factsQuery)
    const facts = toServerFacts(rows[0])
    checkServer(facts, setting)
    await refuseOtherEngines(connection, setting)
    const migrator = openKnex(place, facts, 'migrate')
    const transactions = createTransactionPool(migrator, { maxTransactionMs: undefined })
    try {
      await whileLocked(connection, { database: place.database, setting }, () =>
        migrate((work) => transactions.run(work), migrations, {
          place: place.database,
          log,
          around: (name, step) => withUndo(connection, { name, log }, step),
        }),
      )
    } finally {
      await migrator.destroy()
    }
    return facts
  } finally {
    connection.destroy()
  }
}

async function connect(place: MysqlPlace, setting: string): Promise<Connection> {
  try {
    return await createConnection(toConnectionOptions(place))
  } catch (error) {
    const known = toMysqlError(error)
    if (!(known instanceof MysqlError)) throw error
    throw new ConfigError(`${setting}: ${openingProblem(known)}`)
  }
}

function openingProblem({ code, errno }: MysqlError): string {
  if (errno === 1045 || errno === 1044)
    return 'the database server refuses this user or password (or gives it no right to this database).'
  if (errno === 1049) return 'the server has no database of this name; create it and start again.'
  return `the database server cannot be reached (${code}); start it, or name the right host and port.`
}

/** @throws {ConfigError} for tables that a crash could tear */
async function refuseOtherEngines(connection: Connection, setting: string): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select table_name as name from information_schema.tables
      where table_schema = database() and table_type = 'BASE TABLE' and engine <> 'InnoDB' limit 1`,
  )
  const [row] = rows
  if (row === undefined) return
  throw new ConfigError(
    `${setting}: the table ${String(row['name'])} cannot do transactions; run "ALTER TABLE ${String(row['name'])} ENGINE = InnoDB;".`,
  )
}

/** What Knex adds to each table it makes: any text, compared byte by byte. */
const newTables = { charset: 'utf8mb4', collate: 'utf8mb4_bin' }

function openKnex(place: MysqlPlace, facts: ServerFacts, kind: SessionKind): Knex {
  return knex({
    client: createMysqlClient(place, { kind, facts }),
    version: facts.version.join('.'),
    // The client makes the connections.
    connection: newTables,
    pool: {
      min: 0,
      max: kind === 'migrate' ? 1 : place.connections,
      idleTimeoutMillis: restWithinMs,
      reapIntervalMillis: 1_000,
      acquireTimeoutMillis: 1_500,
    },
    useNullAsDefault: true,
    // Values of statements are personal data: they stay out of error messages.
    compileSqlOnError: false,
    log: {
      warn: () => undefined,
      error: () => undefined,
      deprecate: () => undefined,
      debug: () => undefined,
    },
  })
}
