import { createHash, randomBytes } from 'node:crypto'

/** A code that stands for a right (an invitation, a password reset): 256 random bits, 43 characters. */
export function createCode(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a code. It is random enough to need no salt. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
