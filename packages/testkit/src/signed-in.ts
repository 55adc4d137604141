import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'

/** What signing in answered somebody without a second factor. @throws {Error} when a second step is asked all the same */
export async function signedIn<T extends object>(
  answer: Promise<T>,
): Promise<Exclude<T, SecondFactorRequired>> {
  const outcome = await answer
  if ('pendingToken' in outcome) throw new Error('a second step was asked of somebody who has none')
  /** True because only `SecondFactorRequired` has a pending token. */
  return outcome as Exclude<T, SecondFactorRequired>
}
