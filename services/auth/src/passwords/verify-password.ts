import type { BeginAttempt } from '../throttle/attempt-throttle.ts'
import type { PasswordHasher } from './password-hasher.ts'

/**
 * Compares a typed password with an account's hash, slowing down whoever guesses.
 *
 * @param account     What failures are counted by; need not exist.
 * @param storedHash  Undefined for an account that does not exist: the same work, and false.
 * @throws {AppError} rate_limited after too many failures; overloaded when too many wait for their turn.
 */
export type VerifyPassword = (
  account: string,
  storedHash: string | undefined,
  password: string,
) => Promise<boolean>

export function createVerifyPassword(hasher: PasswordHasher, beginAttempt: BeginAttempt): VerifyPassword {
  return async (account, storedHash, password) => {
    const attempt = await beginAttempt(account)
    try {
      const isRight = await hasher.verify(storedHash, password)
      if (isRight) await attempt.succeed()
      return isRight
    } catch (error) {
      await attempt.withdraw()
      throw error
    }
  }
}
