import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/** @throws {AppError} unauthenticated when the call is anonymous. */
export function requireUser(context: CallContext): string {
  if (context.userId === undefined) throw new AppError('unauthenticated')
  return context.userId
}
