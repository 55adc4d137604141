import type { RunningCall } from '@our-now/contracts/chat/call-operations.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import type { Flag } from '../rooms/room-store.ts'

interface RunningCallRow {
  readonly call_id: string
  readonly room_id: string
  readonly started_by: string
  readonly started_at_ms: number
  readonly is_video: Flag
  readonly is_direct: Flag
  readonly answered_at_ms: number | null
  readonly seen_at_ms: number
}

type Begun = Omit<RunningCall, 'seenAt' | 'answeredAt'>

/** Repeating it is harmless. */
export async function insertRunningCall(trx: Transaction, call: Begun): Promise<void> {
  const row: RunningCallRow = {
    call_id: call.callId,
    room_id: call.roomId,
    started_by: call.startedBy,
    started_at_ms: call.startedAt,
    is_video: call.isVideo ? 1 : 0,
    is_direct: call.isDirect ? 1 : 0,
    answered_at_ms: null,
    seen_at_ms: call.startedAt,
  }
  await trx('running_calls').insert(row).onConflict('call_id').merge(['room_id'])
}

export const deleteRunningCall = async (trx: Transaction, callId: string): Promise<void> => {
  await trx('running_calls').where('call_id', callId).delete()
}

/** The call of a room that began last. */
export async function findRunningCall(db: Queryable, roomId: string): Promise<RunningCall | undefined> {
  const row = await db<RunningCallRow>('running_calls')
    .where('room_id', roomId)
    .orderBy('started_at_ms', 'desc')
    .first()
  return row === undefined ? undefined : toRunningCall(row)
}

/** Those that go on; of a call that has ended meanwhile nothing comes back. */
export async function keepRunningCalls(
  trx: Transaction,
  calls: readonly { readonly callId: string; readonly answeredAt?: number }[],
  seenAtMs: number,
): Promise<void> {
  const ids = calls.map(({ callId }) => callId)
  await trx('running_calls').whereIn('call_id', ids).update({ seen_at_ms: seenAtMs })
  for (const { callId, answeredAt } of calls)
    if (answeredAt !== undefined)
      await trx('running_calls')
        .where('call_id', callId)
        .whereNull('answered_at_ms')
        .update({ answered_at_ms: answeredAt })
}

/** Calls that nobody has spoken for since, of rooms that exist; of a 1:1 call also who is called. */
export async function listLostCalls(
  db: Queryable,
  { seenBeforeMs, limit }: { readonly seenBeforeMs: number; readonly limit: number },
): Promise<(RunningCall & { readonly otherId?: string })[]> {
  const rows: (RunningCallRow & { other_id: string | null })[] = await db('running_calls as c')
    .join('rooms as r', 'r.room_id', 'c.room_id')
    .leftJoin('memberships as m', (on) =>
      on
        .on('m.room_id', '=', 'c.room_id')
        .andOn('m.user_id', '<>', 'c.started_by')
        .andOnVal('c.is_direct', '=', 1),
    )
    .where('c.seen_at_ms', '<', seenBeforeMs)
    .orderBy(['c.seen_at_ms', 'c.call_id'])
    .limit(limit)
    .select('c.*', 'm.user_id as other_id')
  return rows.map((row) => ({
    ...toRunningCall(row),
    ...(row.other_id !== null && { otherId: row.other_id }),
  }))
}

const toRunningCall = (row: RunningCallRow): RunningCall => ({
  callId: row.call_id,
  roomId: row.room_id,
  startedBy: row.started_by,
  startedAt: row.started_at_ms,
  isVideo: row.is_video === 1,
  isDirect: row.is_direct === 1,
  seenAt: row.seen_at_ms,
  ...(row.answered_at_ms !== null && { answeredAt: row.answered_at_ms }),
})
