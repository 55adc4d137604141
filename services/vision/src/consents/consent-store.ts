import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { lockRows } from '@our-now/platform/database/dialect.ts'
import { v7 as uuidv7 } from 'uuid'

export interface Consent {
  readonly version: number
  readonly givenAt: number
  readonly maySuggest: boolean
}

interface ConsentRow {
  readonly user_id: string
  readonly version: number
  readonly given_at_ms: number
  readonly may_suggest: number | boolean
}

/** That somebody agreed or withdrew: what remains as a proof. */
interface ConsentEvent {
  readonly userId: string
  readonly kind: 'given' | 'withdrawn'
  readonly version: number
  readonly at: number
  /** Of what was shown, with `given`. */
  readonly language?: string
  /** SHA-256 of the text, hex. */
  readonly textHash?: string
}

export async function findConsent(db: Queryable, userId: string): Promise<Consent | undefined> {
  const [row] = await db<ConsentRow>('consents').where({ user_id: userId })
  return row === undefined ? undefined : toConsent(row)
}

/** As `findConsent`, locked until the transaction ends: what is stored with it cannot miss a withdrawal. */
export async function lockConsent(trx: Transaction, userId: string): Promise<Consent | undefined> {
  const [row] = await lockRows(trx<ConsentRow>('consents').where({ user_id: userId }), trx)
  return row === undefined ? undefined : toConsent(row)
}

/** Of a person who agreed before, to another version: what they allowed besides has to be allowed anew. */
export async function putConsent(
  trx: Transaction,
  userId: string,
  { version, givenAt }: { version: number; givenAt: number },
): Promise<void> {
  await trx<ConsentRow>('consents')
    .insert({ user_id: userId, version, given_at_ms: givenAt, may_suggest: 0 })
    .onConflict('user_id')
    .merge()
}

export async function deleteConsent(trx: Transaction, userId: string): Promise<void> {
  await trx<ConsentRow>('consents').where({ user_id: userId }).delete()
}

/** @returns whether this person has a consent that it could be noted with */
export async function setMaySuggest(trx: Transaction, userId: string, maySuggest: boolean): Promise<boolean> {
  if ((await lockConsent(trx, userId)) === undefined) return false
  await trx<ConsentRow>('consents')
    .where({ user_id: userId })
    .update({ may_suggest: maySuggest ? 1 : 0 })
  return true
}

/** Who of these people allows to be suggested, having agreed to this version. */
export async function listSuggestible(
  db: Queryable,
  userIds: readonly string[],
  version: number,
): Promise<readonly string[]> {
  const rows = await db<ConsentRow>('consents')
    .whereIn('user_id', [...userIds])
    .where({ version, may_suggest: 1 })
    .select('user_id')
  return rows.map((row) => row.user_id)
}

export async function noteConsentEvent(trx: Transaction, event: ConsentEvent): Promise<void> {
  await trx('consent_events').insert({
    event_id: uuidv7(),
    user_id: event.userId,
    kind: event.kind,
    version: event.version,
    language: event.language ?? null,
    text_hash: event.textHash ?? null,
    at_ms: event.at,
  })
}

const toConsent = (row: ConsentRow): Consent => ({
  version: row.version,
  givenAt: row.given_at_ms,
  maySuggest: Boolean(row.may_suggest),
})
