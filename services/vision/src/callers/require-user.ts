import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/** @throws {AppError} unauthenticated when the call is anonymous. */
export function requireUser({ userId }: CallContext): string {
  if (userId === undefined) throw new AppError('unauthenticated')
  return userId
}

/**
 * A call between services may be about anybody; one that a signed-in person makes is about themselves.
 *
 * @throws {AppError} forbidden
 */
export function requireSelfOrService(context: CallContext, userId: string): void {
  if (context.userId !== undefined && context.userId !== userId) throw new AppError('forbidden')
}

/** Only between services: whoever asks has made sure of the person. @throws {AppError} forbidden */
export function requireService({ userId }: CallContext): void {
  if (userId !== undefined) throw new AppError('forbidden')
}
