import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { cookieRequestHeader, type RestRoute } from '@our-now/contracts/rest.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { FastifyRequest } from 'fastify'
import type { Budgets } from '../budgets/budgets.ts'
import type { TakeShared } from '../budgets/shared-budget.ts'
import type { VerifyAccessToken } from '../tokens/verify-access-token.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { clientAddress } from './client-address.ts'
import type { IsAllowedOrigin } from './origin-policy.ts'

export interface RestCallerDeps {
  readonly verifyAccessToken: VerifyAccessToken
  readonly isAllowedOrigin: IsAllowedOrigin
  readonly takeShared: TakeShared
  readonly budgets: Budgets
  readonly clock: Clock
  readonly trustProxy: boolean
}

/** How long a REST call may take, in ms. */
const callMs = 5_000
/** The same where pictures are looked at, of which a sequence has many. */
const pictureCallMs = 10_000

/**
 * Lets a REST request in: its origin, its budgets, who it comes from.
 *
 * @throws {AppError} origin_refused, rate_limited, unauthenticated, token_expired, session_ended
 */
export type AdmitRestCall = (route: RestRoute, request: FastifyRequest) => Promise<CallContext>

export function createAdmitRestCall(deps: RestCallerDeps): AdmitRestCall {
  const { takeShared, budgets } = deps

  return async (route, request) => {
    const { origin } = request.headers
    // A page always says where it is from; programs with a token of their own need not.
    if (origin === undefined ? route.auth === 'cookie' : !deps.isAllowedOrigin(origin))
      throw new AppError('origin_refused')
    if (route.auth === 'cookie' && request.headers[cookieRequestHeader.name] !== cookieRequestHeader.value)
      throw new AppError('origin_refused')

    const address = clientAddress(request.raw, deps)
    await takeShared(`address:${address}:calls`, budgets.addressCalls)
    if (route.auth !== 'access' && route.method !== 'GET')
      await takeShared(`address:${address}:sign-ins`, budgets.addressSignIns)
    const patienceMs = route.pictures === undefined ? callMs : pictureCallMs
    const anonymous = { traceId: createTraceId(), address, deadlineAtMs: deps.clock.now() + patienceMs }
    if (route.auth !== 'access') return anonymous

    const { userId, sessionId, isOperator } = await deps.verifyAccessToken(bearerOf(request))
    await takeShared(`user:${userId}:calls`, budgets.userCalls)
    await takeShared(`user:${userId}:${route.operation}`, budgets.routeCalls)
    return { ...anonymous, userId, sessionId, isOperator }
  }
}

function bearerOf(request: FastifyRequest): string {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined || token.length > 2048) throw new AppError('unauthenticated')
  return token
}
