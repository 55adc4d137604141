import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

/** Who asks, or is asked about. @throws {AppError} unauthenticated */
export function requireUser({ userId }: CallContext): string {
  if (userId === undefined) throw new AppError('unauthenticated')
  return userId
}

/** Who asks, and with which signed-in device. @throws {AppError} unauthenticated */
export function requireDevice({ userId, sessionId }: CallContext): { userId: string; sessionId: string } {
  if (userId === undefined || sessionId === undefined) throw new AppError('unauthenticated')
  return { userId, sessionId }
}
