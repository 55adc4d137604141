import type { Transaction } from '@our-now/platform/database/database.ts'
import type { FacePurpose, FaceStep } from '@our-now/contracts/vision/shapes.ts'

export interface Challenge {
  readonly challengeId: string
  readonly userId: string
  readonly purpose: FacePurpose
  readonly steps: readonly FaceStep[]
  readonly expiresAt: number
}

interface ChallengeRow {
  readonly challenge_id: string
  readonly user_id: string
  readonly purpose: string
  readonly steps: string
  readonly expires_at_ms: number
}

/** Several may be open, of several devices: whoever knows the password could otherwise end the owner's again and again. */
export async function insertChallenge(trx: Transaction, challenge: Challenge): Promise<void> {
  await trx<ChallengeRow>('challenges').insert({
    challenge_id: challenge.challengeId,
    user_id: challenge.userId,
    purpose: challenge.purpose,
    steps: challenge.steps.join(','),
    expires_at_ms: challenge.expiresAt,
  })
}

/**
 * Uses a challenge up: of two calls at once one gets it. Expired ones are removed on the way.
 *
 * @returns undefined when there is none for this person and purpose, or its time is over
 */
export async function takeChallenge(
  trx: Transaction,
  wanted: { challengeId: string; userId: string; purpose: FacePurpose; now: number },
): Promise<Challenge | undefined> {
  const where = { challenge_id: wanted.challengeId, user_id: wanted.userId, purpose: wanted.purpose }
  const [row] = await trx<ChallengeRow>('challenges').where(where)
  const taken = await trx<ChallengeRow>('challenges').where(where).delete()
  await trx<ChallengeRow>('challenges').where('expires_at_ms', '<=', wanted.now).delete()
  if (row === undefined || taken !== 1 || row.expires_at_ms <= wanted.now) return undefined
  return {
    challengeId: row.challenge_id,
    userId: row.user_id,
    purpose: wanted.purpose,
    /** True because `insertChallenge` alone writes them. */
    steps: row.steps.split(',') as FaceStep[],
    expiresAt: row.expires_at_ms,
  }
}

export async function deleteChallengesOf(trx: Transaction, userId: string): Promise<void> {
  await trx<ChallengeRow>('challenges').where({ user_id: userId }).delete()
}
