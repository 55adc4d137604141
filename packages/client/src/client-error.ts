import type { ErrorCode, Failure } from '@our-now/contracts/errors.ts'

/** A refusal by the server, or `unavailable`/`timeout` when it was not reached. Tell them apart by `code` only. */
export class ClientError extends Error {
  readonly code: ErrorCode
  /** Milliseconds to wait before trying again, where the server says so. */
  readonly retryAfterMs: number | undefined
  /** With `invalid_request`: JSON pointer of the first offending field. */
  readonly field: string | undefined

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'ClientError'
    this.code = failure.code
    this.retryAfterMs = failure.retryAfterMs
    this.field = failure.field
  }
}

/** The code of a failure, for choosing a sentence: anything that is not a `ClientError` is a bug and reads `internal`. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof ClientError ? error.code : 'internal'
}
