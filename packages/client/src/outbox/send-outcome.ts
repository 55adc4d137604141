import type { ErrorCode } from '@our-now/contracts/errors.ts'
import { ClientError } from '../client-error.ts'

/** What is to be done with a message that was not acknowledged. */
export type SendOutcome =
  | { readonly kind: 'retry'; readonly waitAtLeastMs: number }
  /** The access token ended on the way: a newer one is under way or needed. */
  | { readonly kind: 'renew' }
  | { readonly kind: 'failed'; readonly failure: ErrorCode }

/**
 * Not reached, no answer, busy: the same message under the same id may be sent again, as the server writes it once.
 * Everything else would be refused again: the person decides. A table of ours, as the contract's is not in the bundle;
 * a test holds it equal.
 */
export const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'unavailable',
  'overloaded',
  'storage_full',
  'timeout',
])

/** Nobody said what became of it: the try may still be under way somewhere. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof ClientError && (error.code === 'timeout' || error.code === 'unavailable')

export function toSendOutcome(error: unknown): SendOutcome {
  if (!(error instanceof ClientError)) return { kind: 'failed', failure: 'internal' }
  if (error.code === 'token_expired' || error.code === 'unauthenticated') return { kind: 'renew' }
  if (retryableCodes.has(error.code)) return { kind: 'retry', waitAtLeastMs: error.retryAfterMs ?? 0 }
  return { kind: 'failed', failure: error.code }
}
