import { errorCodes, type Failure } from '@our-now/contracts/errors.ts'
import type { FastifyReply } from 'fastify'
import { AppError } from '../errors/app-error.ts'
import type { Logger } from '../logging/logger.ts'

/** RFC 9457 problem details with our stable code. */
export interface Problem extends Omit<Failure, 'message'> {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail: string
}

export function toProblem(failure: Failure): Problem {
  const { message, ...rest } = failure
  const { status, title } = errorCodes[failure.code]
  return { type: 'about:blank', title, status, detail: message, ...rest }
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const problem = toProblem(error.toFailure())
  if (problem.retryAfterMs !== undefined)
    void reply.header('retry-after', Math.ceil(problem.retryAfterMs / 1000))
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Fastify's own refusals by their code; everything else that is not ours is a bug and told as `internal`. */
const codesOfFastify: Readonly<Record<string, () => AppError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new AppError('too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new AppError('invalid_request', 'Send JSON: content-type application/json.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new AppError('invalid_request', 'The body is empty.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new AppError('invalid_request', 'The body is not as long as announced.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new AppError('not_found'),
  FST_ERR_BAD_URL: () => new AppError('not_found'),
  FST_ERR_MAX_LIMIT: () => new AppError('not_found'),
}

export function toProblemError(error: unknown, log: Logger): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error ? String(Reflect.get(error, 'code') ?? '') : ''
  const known = codesOfFastify[code]
  if (known !== undefined) return known()
  log.error({ err: error }, 'request failed')
  return new AppError('internal', undefined, { cause: error })
}
