import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** A second factor that is on: its secret was confirmed with a code. */
export interface StoredFactor {
  readonly sealedSecret: string
  readonly confirmedAt: number
  /** The step of the code that was used last. */
  readonly usedStep: number
}

interface FactorRow {
  readonly user_id: string
  readonly sealed_secret: string
  readonly confirmed_at_ms: number
  readonly used_step: number
}

export async function findFactor(db: Queryable, userId: string): Promise<StoredFactor | undefined> {
  const row = await db<FactorRow>('second_factors').where({ user_id: userId }).first()
  if (row === undefined) return undefined
  return { sealedSecret: row.sealed_secret, confirmedAt: row.confirmed_at_ms, usedStep: row.used_step }
}

export async function insertFactor(trx: Transaction, userId: string, factor: StoredFactor): Promise<void> {
  await trx<FactorRow>('second_factors').insert({
    user_id: userId,
    sealed_secret: factor.sealedSecret,
    confirmed_at_ms: factor.confirmedAt,
    used_step: factor.usedStep,
  })
}

/** @returns whether there was one */
export async function deleteFactor(trx: Transaction, userId: string): Promise<boolean> {
  return (await trx<FactorRow>('second_factors').where({ user_id: userId }).delete()) === 1
}

/** Uses the code of one step up, and with it all before. @returns whether it was not used yet */
export async function takeStep(trx: Transaction, userId: string, step: number): Promise<boolean> {
  const used = await trx<FactorRow>('second_factors')
    .where({ user_id: userId })
    .where('used_step', '<', step)
    .update({ used_step: step })
  return used === 1
}
