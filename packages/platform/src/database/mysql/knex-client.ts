import type { Knex } from 'knex'
import {
  createConnection,
  type Connection,
  type ConnectionOptions,
  type FieldPacket,
  type QueryError,
} from 'mysql2'
import { createRequire } from 'node:module'
import { bindValues } from './bind-values.ts'
import { AppError } from '../../errors/app-error.ts'
import { createLockWaits } from './lock-waits.ts'
import {
  createStatementQueue,
  type SqlValue,
  type Statement,
  type StatementQueue,
} from './statement-queue.ts'
import { shortenMessage } from '../shorten-message.ts'
import { toDatabaseError, toMysqlError } from './mysql-error.ts'
import type { MysqlPlace } from './parse-mysql-url.ts'
import type { SessionKind, ServerFacts } from './server-facts.ts'
import { sessionSettings, statementWithinMs } from './session-settings.ts'

/** What Knex hands a client to run, and where it looks for the answer. */
interface KnexQuery {
  readonly sql: string
  readonly bindings?: readonly unknown[]
  response?: unknown
  readonly method?: string
}

/** A connection of the pool, with what the pool and we keep on it. */
type PooledConnection = Connection & {
  /** Set: the pool throws it away instead of giving it out again. */
  __knex__disposed?: unknown
}

/** Rows or a header, with the fields; of several statements a list of each. */
interface DriverAnswer {
  readonly rows: unknown
  readonly fields: unknown
}

const connectWithinMs = 2_000
/** A connection that rested this long is asked whether it is still there before it is used, in ms. */
const askAfterMs = 500
const pingWithinMs = 1_000

const require = createRequire(import.meta.url)
/** True because the dialect is a subclass of Knex's client; these members are how Knex itself extends it. */
const MysqlDialect = require('knex/lib/dialects/mysql2/index.js') as new (config: Knex.Config) => Knex.Client

export const toConnectionOptions = (place: MysqlPlace): ConnectionOptions => ({
  host: place.host,
  port: place.port,
  user: place.user,
  password: place.password,
  database: place.database,
  charset: 'utf8mb4',
  connectTimeout: connectWithinMs,
  supportBigNumbers: true,
  decimalNumbers: true,
  dateStrings: true,
  ...(place.isEncrypted ? { ssl: { minVersion: 'TLSv1.2' } } : {}),
})

/** The Knex client class for connections of one kind. */
export function createMysqlClient(
  place: MysqlPlace,
  { kind, facts }: { kind: SessionKind; facts: ServerFacts },
): typeof Knex.Client {
  const queues = new WeakMap<PooledConnection, StatementQueue>()
  const lastUsedAt = new WeakMap<PooledConnection, number>()
  const lockWaits = createLockWaits(Math.floor(place.connections / 2))

  class MysqlClient extends MysqlDialect {
    /** Every new connection gets its session settings before its first use. */
    override async acquireRawConnection(): Promise<PooledConnection> {
      const connection: PooledConnection = createConnection({
        ...toConnectionOptions(place),
        multipleStatements: kind === 'write',
        // The values are in their places before the driver sees a statement.
        queryFormat: (sql: string) => sql,
      })
      connection.on('error', (error) => {
        connection.__knex__disposed = error
      })
      try {
        await new Promise<void>((resolve, reject) => {
          connection.connect((error) => (error === null ? resolve() : reject(error)))
        })
        for (const sql of sessionSettings(kind, facts)) await send(connection, { sql, bindings: [] })
      } catch (error) {
        connection.destroy()
        throw toMysqlError(error)
      }
      queues.set(
        connection,
        createStatementQueue({
          isTransactional: kind !== 'read',
          send: ({ sql, bindings }) =>
            lockWaits.run(sql, (toSend) => send(connection, { sql: toSend, bindings })),
          sendTogether: kind === 'write' ? (statements) => sendTogether(connection, statements) : undefined,
          discard: (error) => {
            connection.__knex__disposed = error
            connection.destroy()
          },
        }),
      )
      lastUsedAt.set(connection, performance.now())
      return connection
    }

    override async destroyRawConnection(connection: PooledConnection): Promise<void> {
      connection.destroy()
    }

    /** Asked by the pool before it gives a connection out. */
    override async validateConnection(connection: PooledConnection): Promise<boolean> {
      if (!(await super.validateConnection(connection))) return false
      const hasRested = performance.now() - (lastUsedAt.get(connection) ?? 0) > askAfterMs
      return !hasRested || (await isAnswering(connection))
    }

    /** @throws {AppError} unavailable: the server cannot be reached, or every connection is in use for too long */
    override async acquireConnection(): Promise<unknown> {
      try {
        return await super.acquireConnection()
      } catch (error) {
        throw new AppError('unavailable', undefined, { cause: toMysqlError(error), retryAfterMs: 1_000 })
      }
    }

    override transaction(container: unknown, config: unknown, outer: unknown): Knex.Transaction {
      if (kind === 'read') throw new Error('the reader only reads: use database.transaction')
      return super.transaction(container, config, outer)
    }

    /** Codes what is the database's trouble, after Knex put the statement (without its values) into the message. */
    override async query(connection: unknown, query: KnexQuery | string): Promise<unknown> {
      try {
        return await super.query(connection, query)
      } catch (error) {
        shortenMessage(error)
        throw toDatabaseError(error, query === 'COMMIT;')
      }
    }

    async _query(connection: PooledConnection, query: KnexQuery): Promise<KnexQuery> {
      const queue = queues.get(connection)
      if (queue === undefined) throw new Error('a connection that was not opened here')
      query.response = await queue.run(query.sql, (query.bindings ?? []).map(toSqlValue))
      lastUsedAt.set(connection, performance.now())
      return query
    }
  }

  async function send(connection: PooledConnection, { sql, bindings }: Statement): Promise<unknown> {
    return checked(await ask(connection, bindValues(sql, bindings)))
  }

  /** The values are escaped here, so no text of a person's ends a statement. */
  async function sendTogether(
    connection: PooledConnection,
    statements: readonly Statement[],
  ): Promise<readonly unknown[]> {
    const sql = statements.map((statement) => bindValues(statement.sql, statement.bindings)).join(';\n')
    const { rows, fields } = await ask(connection, sql)
    return statements.map((_, at) => checked({ rows: elementOf(rows, at), fields: elementOf(fields, at) }))
  }

  function ask(connection: PooledConnection, sql: string): Promise<DriverAnswer> {
    return new Promise((resolve, reject) => {
      connection.query(
        { sql, timeout: statementWithinMs(kind) },
        (error: QueryError | null, rows: unknown, fields: unknown) => {
          if (error === null) resolve({ rows, fields })
          else reject(toMysqlError(error))
        },
      )
    })
  }

  /** True because it extends Knex's client, whose static side (an event emitter's) Knex does not look at. */
  return MysqlClient as unknown as typeof Knex.Client
}

const isAnswering = (connection: Connection): Promise<boolean> =>
  new Promise((resolve) => {
    const late = setTimeout(() => {
      connection.destroy()
      resolve(false)
    }, pingWithinMs)
    connection.ping((error) => {
      clearTimeout(late)
      resolve(error === null)
    })
  })

/** The protocol's number for a BIGINT; the driver's own list of them is not importable by name. */
const bigintType = 8

/**
 * The driver gives a whole number that JavaScript cannot hold exactly as text.
 *
 * @returns what Knex reads
 */
function checked({ rows, fields }: DriverAnswer): readonly [rows: unknown, fields: unknown] {
  if (Array.isArray(rows) && Array.isArray(fields)) {
    for (const { columnType, name } of fields as readonly FieldPacket[])
      if (columnType === bigintType && rows.some((row: unknown) => isTextIn(row, name)))
        throw new RangeError(`${name} holds a number beyond what JavaScript counts exactly`)
  }
  return [rows, fields]
}

const isTextIn = (row: unknown, column: string): boolean =>
  typeof row === 'object' && row !== null && typeof Reflect.get(row, column) === 'string'

const elementOf = (list: unknown, at: number): unknown => (Array.isArray(list) ? list[at] : undefined)

function toSqlValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return value
  if (value instanceof Uint8Array) return Buffer.from(value)
  // The driver would make `a` = 1 of an object: the statement would mean something else.
  throw new TypeError(`a ${typeof value} cannot be bound to a statement`)
}
