import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/** @throws {AppError} unauthenticated when the call is anonymous. */
export function requireUser(context: CallContext): { userId: string; sessionId: string } {
  const { userId, sessionId } = context
  if (userId === undefined || sessionId === undefined) throw new AppError('unauthenticated')
  return { userId, sessionId }
}
