import { Worker } from 'node:worker_threads'
import { ConfigError } from '../../config/config-error.ts'
import type {
  ConnectionName,
  SqlAnswer,
  SqlClose,
  SqlOpened,
  SqlRequest,
  SqlResult,
  SqliteThreadData,
  SqlValue,
} from './protocol.ts'
import { openingProblem, SqliteError, threadEndedCode } from './sqlite-error.ts'

export interface SqliteThread {
  /**
   * Runs one statement; requests are answered in the order they came.
   *
   * @param begins  Open the write connection's transaction first.
   * @throws {SqliteError} with SQLite's code
   */
  run(
    connection: ConnectionName,
    begins: boolean,
    sql: string,
    bindings: readonly SqlValue[],
  ): Promise<SqlResult>
  /** Why it does not run any more, or undefined. */
  endedReason(): string | undefined
  /** Answers what was asked, closes the file and ends the thread. Safe to call twice. */
  close(): Promise<void>
}

interface Waiting {
  resolve(result: SqlResult): void
  reject(error: unknown): void
}

/**
 * Starts the thread that owns the database file at `path`.
 *
 * @throws {ConfigError} when the file cannot be opened for writing
 */
export async function openSqliteThread(
  path: string,
  { erasesDeleted = false }: { readonly erasesDeleted?: boolean } = {},
): Promise<SqliteThread> {
  const workerData = { path, erasesDeleted } satisfies SqliteThreadData
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  const waiting = new Map<number, Waiting>()
  let endedReason: string | undefined
  let lastId = 0

  const send = (message: SqlRequest | SqlClose): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(message)
  }
  const end = (reason: string): void => {
    endedReason ??= reason
    for (const waiter of waiting.values())
      waiter.reject(new SqliteError({ code: threadEndedCode, message: reason }))
    waiting.clear()
  }
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      end(`the database thread ended with code ${code}`)
      resolve()
    })
  })
  await whenOpened(worker, path)
  worker.on('error', (error) => end(`the database thread failed: ${String(error)}`))
  worker.on('message', (answer: SqlAnswer) => {
    const waiter = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('result' in answer) waiter?.resolve(answer.result)
    else waiter?.reject(new SqliteError(answer.problem))
  })

  return {
    run: (connection, begins, sql, bindings) =>
      new Promise((resolve, reject) => {
        if (endedReason !== undefined) throw new SqliteError({ code: threadEndedCode, message: endedReason })
        const id = ++lastId
        send({ id, connection, begins, sql, bindings })
        waiting.set(id, { resolve, reject })
      }),
    endedReason: () => endedReason,
    close: async () => {
      if (endedReason === undefined) send('close')
      await ended
    },
  }
}

async function whenOpened(worker: Worker, path: string): Promise<void> {
  const opened = await new Promise<SqlOpened>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (!opened.opened) throw new ConfigError(openingProblem(path, opened.problem))
}
