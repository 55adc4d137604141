import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { unchanged } from '@our-now/platform/database/dialect.ts'

export interface PersonFacts {
  /** Whether this person shows no presence. */
  readonly isHidden: boolean
  /** ms since the epoch; undefined: never seen to go. */
  readonly lastSeenAt: number | undefined
}

interface PersonRow {
  readonly user_id: string
  readonly is_hidden: number | boolean
  readonly last_seen_at_ms: number | null
  readonly applied_seq: number
}

const idsPerQuery = 500

/** Those who are not known are left out: they are not hidden and were never seen. */
export async function listPeople(
  db: Queryable,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PersonFacts>> {
  const people = new Map<string, PersonFacts>()
  for (let at = 0; at < userIds.length; at += idsPerQuery) {
    const rows = await db<PersonRow>('people').whereIn('user_id', userIds.slice(at, at + idsPerQuery))
    for (const row of rows)
      people.set(row.user_id, {
        isHidden: Boolean(row.is_hidden),
        lastSeenAt: row.last_seen_at_ms ?? undefined,
      })
  }
  return people
}

export async function setLastSeen(trx: Transaction, lastSeen: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...lastSeen].map(([userId, at]) => ({ ...unknownPerson(userId), last_seen_at_ms: at }))
  for (let at = 0; at < rows.length; at += idsPerQuery)
    await trx<PersonRow>('people')
      .insert(rows.slice(at, at + idsPerQuery))
      .onConflict('user_id')
      .merge(['last_seen_at_ms'])
}

/**
 * Applies what the person chose, unless something newer was applied already: so the same event may come twice.
 *
 * @returns whether it was applied
 */
export async function setHidden(
  trx: Transaction,
  userId: string,
  { isHidden, seq }: { isHidden: boolean; seq: number },
): Promise<boolean> {
  await trx<PersonRow>('people')
    .insert(unknownPerson(userId))
    .onConflict('user_id')
    .merge({ user_id: unchanged(trx, 'people', 'user_id') })
  const applied = await trx<PersonRow>('people')
    .where({ user_id: userId })
    .where('applied_seq', '<', seq)
    .update({ is_hidden: isHidden ? 1 : 0, applied_seq: seq })
  return applied === 1
}

function unknownPerson(userId: string): PersonRow {
  return { user_id: userId, is_hidden: 0, last_seen_at_ms: null, applied_seq: 0 }
}
