import type { SecondFactorWay } from '@our-now/contracts/auth/second-factor.ts'
import { lockRows } from '@our-now/platform/database/dialect.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** One signed-in device: the family of one refresh token and its successors. */
export interface StoredSession {
  readonly sessionId: string
  readonly userId: string
  readonly deviceName: string
  readonly createdAt: number
  readonly lastUsedAt: number
  /** Of the refresh token in force. */
  readonly tokenHash: string
  /** Of the one before it, which may be repeated for a while after `rotatedAt`. */
  readonly previousTokenHash: string | undefined
  readonly rotatedAt: number
  /** The refresh token in force ends here unless used before. */
  readonly tokenExpiresAt: number
  /** The session ends here, used or not. */
  readonly expiresAt: number
  /** What it was opened with besides the password. */
  readonly secondFactor: SecondFactorWay | undefined
}

interface SessionRow {
  readonly session_id: string
  readonly user_id: string
  readonly device_name: string
  readonly created_at_ms: number
  readonly last_used_at_ms: number
  readonly token_hash: string
  readonly previous_token_hash: string | null
  readonly rotated_at_ms: number
  readonly token_expires_at_ms: number
  readonly expires_at_ms: number
  readonly second_factor: SecondFactorWay | null
}

export async function insertSession(trx: Transaction, session: StoredSession): Promise<void> {
  await trx<SessionRow>('sessions').insert({
    session_id: session.sessionId,
    user_id: session.userId,
    device_name: session.deviceName,
    created_at_ms: session.createdAt,
    last_used_at_ms: session.lastUsedAt,
    token_hash: session.tokenHash,
    previous_token_hash: session.previousTokenHash ?? null,
    rotated_at_ms: session.rotatedAt,
    token_expires_at_ms: session.tokenExpiresAt,
    expires_at_ms: session.expiresAt,
    second_factor: session.secondFactor ?? null,
  })
}

/** The session, locked until the transaction ends. It may have expired. */
export async function lockSession(trx: Transaction, sessionId: string): Promise<StoredSession | undefined> {
  const [row] = await lockRows(trx<SessionRow>('sessions').where({ session_id: sessionId }), trx)
  return row === undefined ? undefined : toSession(row)
}

/** The sessions of a user, locked until the transaction ends, least recently used first. */
export async function lockSessionsOf(trx: Transaction, userId: string): Promise<StoredSession[]> {
  const oldestFirst = [{ column: 'last_used_at_ms' }, { column: 'session_id' }]
  const rows = await lockRows(
    trx<SessionRow>('sessions').where({ user_id: userId }).orderBy(oldestFirst),
    trx,
  )
  return rows.map(toSession)
}

/** The sessions of a user that have not expired, most recently used first. */
export async function listLiveSessions(db: Queryable, userId: string, now: number): Promise<StoredSession[]> {
  const rows = await db<SessionRow>('sessions')
    .where({ user_id: userId })
    .where('token_expires_at_ms', '>', now)
    .orderBy([{ column: 'last_used_at_ms', order: 'desc' }, { column: 'session_id' }])
    .limit(200)
  return rows.map(toSession)
}

/** Puts a successor into force. */
export async function rotateToken(
  trx: Transaction,
  session: StoredSession,
  successor: { hash: string; expiresAt: number; now: number },
): Promise<void> {
  await trx<SessionRow>('sessions').where({ session_id: session.sessionId }).update({
    token_hash: successor.hash,
    previous_token_hash: session.tokenHash,
    rotated_at_ms: successor.now,
    last_used_at_ms: successor.now,
    token_expires_at_ms: successor.expiresAt,
  })
}

export async function deleteSessions(trx: Transaction, sessionIds: readonly string[]): Promise<void> {
  await trx<SessionRow>('sessions').whereIn('session_id', sessionIds).delete()
}

/** Their access tokens have ended too, so nobody needs to be told. */
export async function deleteExpiredSessions(trx: Transaction, now: number): Promise<void> {
  await trx<SessionRow>('sessions').where('token_expires_at_ms', '<=', now).delete()
}

function toSession(row: SessionRow): StoredSession {
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    deviceName: row.device_name,
    createdAt: row.created_at_ms,
    lastUsedAt: row.last_used_at_ms,
    tokenHash: row.token_hash,
    previousTokenHash: row.previous_token_hash ?? undefined,
    rotatedAt: row.rotated_at_ms,
    tokenExpiresAt: row.token_expires_at_ms,
    expiresAt: row.expires_at_ms,
    secondFactor: row.second_factor ?? undefined,
  }
}
