import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** A session that was ended before its time. */
export interface EndedSession {
  readonly sessionId: string
  readonly userId: string
}

interface EndedSessionRow {
  readonly position: number
  readonly session_id: string
  readonly ended_at_ms: number
}

interface HeadRow {
  readonly id: number
  readonly position: number
}

/**
 * Writes the sessions to the list that gateways follow. Positions are taken under the lock of one row: so they become
 * visible in their order, and who has read up to one has missed nothing before it.
 */
export async function appendEndedSessions(
  trx: Transaction,
  ended: readonly EndedSession[],
  now: number,
): Promise<void> {
  await trx<HeadRow>('ended_session_head').where({ id: 1 }).increment('position', ended.length)
  const head = await findHead(trx)
  const before = head - ended.length
  await trx<EndedSessionRow>('ended_sessions').insert(
    ended.map(({ sessionId }, index) => ({
      position: before + index + 1,
      session_id: sessionId,
      ended_at_ms: now,
    })),
  )
}

export async function findHead(db: Queryable): Promise<number> {
  const head = await db<HeadRow>('ended_session_head').where({ id: 1 }).first()
  return head?.position ?? 0
}

/** In order of their positions, beginning after `cursor`. */
export async function listEndedSessions(
  db: Queryable,
  cursor: number,
  limit: number,
): Promise<{ position: number; sessionId: string }[]> {
  const rows = await db<EndedSessionRow>('ended_sessions')
    .where('position', '>', cursor)
    .orderBy('position')
    .limit(limit)
  return rows.map((row) => ({ position: row.position, sessionId: row.session_id }))
}

export async function deleteEndedBefore(trx: Transaction, instant: number): Promise<void> {
  await trx<EndedSessionRow>('ended_sessions').where('ended_at_ms', '<', instant).delete()
}
