import { AppError } from '../../errors/app-error.ts'

/**
 * What the server or the driver said, without the statement's values: the driver's own errors carry the whole
 * statement, and the server repeats values in its messages.
 */
export class MysqlError extends Error {
  /** `ER_DUP_ENTRY`, or Node's `ECONNRESET`. */
  readonly code: string
  /** The server's number; 0: not from the server. */
  readonly errno: number

  constructor(code: string, errno: number, message: string) {
    super(message)
    this.name = 'MysqlError'
    this.code = code
    this.errno = errno
  }
}

/** Server messages that name columns and tables and never values. */
const harmlessNumbers = new Set([
  3, 1021, 1026, 1030, 1040, 1045, 1049, 1054, 1114, 1142, 1146, 1205, 1213, 1290, 1406, 1792, 1836,
])

/** The driver's word for a statement to a connection that is gone has no code. */
const closedCode = 'PROTOCOL_CONNECTION_CLOSED'

/** The same error without anything that a statement was given. */
export function toMysqlError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MysqlError) return error
  const number = typeof Reflect.get(error, 'sqlState') === 'string' ? Number(Reflect.get(error, 'errno')) : 0
  const code = codeNames.get(number) ?? nameOf(error, number)
  if (code === undefined) return error
  const isKnown = number === 0 || harmlessNumbers.has(number)
  return new MysqlError(code, number, isKnown ? `${code} (${error.message.slice(0, 200)})` : code)
}

/** @returns undefined when it is no error of the server or the connection */
function nameOf(error: Error, number: number): string | undefined {
  const code: unknown = Reflect.get(error, 'code')
  if (number > 0) return typeof code === 'string' ? code : `ER_${number}`
  if (typeof code === 'string' && /^(?:PROTOCOL_|HANDSHAKE_|E[A-Z0-9]+$)/.test(code)) return code
  return Reflect.get(error, 'fatal') === true ? closedCode : undefined
}

/** Numbers that the driver names by MySQL's list though MariaDB means something else, or not at all. */
const codeNames = new Map([
  [1927, 'ER_CONNECTION_KILLED'],
  [1969, 'ER_STATEMENT_TIMEOUT'],
  [3024, 'ER_QUERY_TIMEOUT'],
  [3572, 'ER_LOCK_NOWAIT'],
  [4031, 'ER_CLIENT_INTERACTION_TIMEOUT'],
])

/** The transaction is undone (or must be); begun anew it may succeed. */
const transientCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT'])
const noSpaceNumbers = new Set([1021, 1114])
/** Writing a file failed; the message says why, and 28 is "no space left". */
const fileErrorNumbers = new Set([3, 1026, 1030, 1041])
const notReachableNumbers = new Set([
  1037, 1038, 1040, 1053, 1077, 1129, 1130, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1290, 1317, 1836,
  1927, 1969, 3024, 4031,
])

export const isTransientCode = (error: unknown): boolean =>
  error instanceof MysqlError && transientCodes.has(error.code)

/** The connection itself is of no use any more. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof MysqlError && (error.errno === 0 || [1053, 1927, 4031].includes(error.errno))

/**
 * Whether whatever else is asked of the same transaction must be refused: the server has undone it, or part of what it
 * should have written is missing. A constraint that was violated is the caller's to judge.
 */
export const endsTransaction = (error: unknown): boolean =>
  isTransientCode(error) || isConnectionLost(error) || codeOfTrouble(error) !== undefined

/**
 * Codes what is the database's trouble and not the caller's; constraint violations and bugs pass as they are.
 *
 * @param isCommit  Whether the statement was the commit: then nobody knows whether it was done.
 */
export function toDatabaseError(error: unknown, isCommit: boolean): unknown {
  if (!(error instanceof MysqlError)) return error
  if (isTransientCode(error))
    return new AppError('unavailable', undefined, { cause: error, retryAfterMs: 200 })
  // What was never sent was not done.
  if (isCommit && error.code !== closedCode) return new AppError('timeout', undefined, { cause: error })
  const code = codeOfTrouble(error)
  if (code === undefined) return error
  return new AppError(code, undefined, {
    cause: error,
    retryAfterMs: code === 'storage_full' ? 5_000 : 1_000,
  })
}

function codeOfTrouble(error: unknown): 'storage_full' | 'unavailable' | undefined {
  if (!(error instanceof MysqlError)) return undefined
  const { errno, message } = error
  if (noSpaceNumbers.has(errno) || (fileErrorNumbers.has(errno) && /\b28\b/.test(message)))
    return 'storage_full'
  if (errno === 0 || notReachableNumbers.has(errno) || fileErrorNumbers.has(errno)) return 'unavailable'
  return undefined
}
