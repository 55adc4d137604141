import type { Knex } from 'knex'

/** A transaction of the write side. Everything in it commits or nothing. */
export type Transaction = Knex.Transaction

/** What a query can be run on: the reader, or a transaction. */
export type Queryable = Knex

/**
 * The port to a service's own database. SQL stays in the common subset of SQLite, MySQL 8 and MariaDB; what differs
 * is in `dialect.ts` (`lockRows`, upserts, error classes).
 */
export interface Database {
  readonly dialect: 'sqlite' | 'mysql'
  /**
   * Queries that only read. SQLite: a read-only connection in the worker thread, which sees every commit that
   * finished before the query began.
   */
  readonly reader: Knex
  /**
   * Runs `work` in one transaction (READ COMMITTED; SQLite: BEGIN IMMEDIATE) and commits. Await nothing but the
   * database inside, and begin no other transaction of this database: it would wait for this one (a transaction is
   * rolled back after 10 s). Statements sent together (`Promise.all`) run in that order and cost one wait. Durable when
   * the promise resolves.
   *
   * @throws {AppError} storage_full when the disk is full (nothing written); unavailable when the database cannot be
   * reached; timeout when the connection was lost during COMMIT (outcome unknown).
   */
  transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>
  /** Why writes cannot be relied on now (unreachable, unsafe settings), or undefined. */
  unreadyReason(): string | undefined
  /** Waits for running work, then closes. */
  close(): Promise<void>
}

/** One forward-only step. Must be safe while an older replica still runs. */
export interface Migration {
  /** Ordered by name: `0001-rooms`. */
  readonly name: string
  readonly up: (trx: Transaction) => Promise<void>
}

export interface OpenDatabaseOptions {
  readonly migrations: readonly Migration[]
  /**
   * What is deleted or overwritten leaves the file too, log included, when its transaction has committed: for secrets, where
   * little is written. SQLite only; a database server keeps old pages and logs as it is set up to.
   */
  readonly erasesDeleted?: boolean
}
