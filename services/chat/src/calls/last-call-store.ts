import type { LastCall } from '@our-now/contracts/rooms.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'

/** Replaces the one before. */
export async function putLastCall(trx: Transaction, roomId: string, call: LastCall): Promise<void> {
  await trx('last_calls')
    .insert({
      room_id: roomId,
      call_id: call.callId,
      seq: call.seq,
      ended_at_ms: call.endedAt,
      is_video: call.isVideo ? 1 : 0,
      duration_ms: call.durationMs,
    })
    .onConflict('room_id')
    .merge()
}
