import { errorCodes, type ErrorCode, type Failure } from '@our-now/contracts/errors.ts'
import type { Logger } from '../logging/logger.ts'

interface AppErrorOptions {
  readonly cause?: unknown
  /** Wait this long before trying again, in ms. */
  readonly retryAfterMs?: number
  /** JSON pointer of the offending field. */
  readonly field?: string
}

/**
 * A failure that the caller may be told: coded once where it happens, mapped once at the boundary. The message is for
 * the person using the app. Anything else that is thrown is a bug and is shown as `internal`.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfterMs: number | undefined
  readonly field: string | undefined

  constructor(code: ErrorCode, message: string = errorCodes[code].title, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.field = options.field
  }

  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.field === undefined ? {} : { field: this.field }),
    }
  }

  /** The same error on the caller's side of a service call. */
  static fromFailure(failure: Failure): AppError {
    return new AppError(failure.code, failure.message, {
      ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
      ...(failure.field === undefined ? {} : { field: failure.field }),
    })
  }
}

/** The one converter at a boundary: coded errors as they are, bugs logged with their stack and told as `internal`. */
export function toFailure(error: unknown, log: Logger): Failure {
  if (error instanceof AppError) return error.toFailure()
  log.error({ err: error }, 'unexpected error')
  return { code: 'internal', message: errorCodes.internal.title }
}
