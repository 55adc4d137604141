/** What the main thread and the SQLite thread say to each other. Both ends are ours: nothing is checked again. */

/** The one connection that writes, or the one that reads. */
export type ConnectionName = 'write' | 'read'

export type SqlValue = string | number | bigint | Uint8Array | null

export interface SqlRequest {
  readonly id: number
  readonly connection: ConnectionName
  /** Opens the transaction before this statement: saves a round trip. */
  readonly begins: boolean
  readonly sql: string
  readonly bindings: readonly SqlValue[]
}

/** Rows as arrays in the order of `columns`: half the work of cloning objects between threads. */
export interface SqlRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
}

export interface SqlChanges {
  readonly changes: number
  readonly lastID: number
}

export interface SqlProblem {
  /** SQLite's extended result code (`SQLITE_CONSTRAINT_UNIQUE`) or Node's (`EACCES`). */
  readonly code: string
  readonly message: string
}

export type SqlResult = SqlRows | SqlChanges
export type SqlAnswer =
  { readonly id: number; readonly result: SqlResult } | { readonly id: number; readonly problem: SqlProblem }

/** What the thread is started with. */
export interface SqliteThreadData {
  readonly path: string
  readonly erasesDeleted: boolean
}

/** The first thing the thread says. */
export type SqlOpened = { readonly opened: true } | { readonly opened: false; readonly problem: SqlProblem }

/** Ends the thread after the requests before it. */
export type SqlClose = 'close'
