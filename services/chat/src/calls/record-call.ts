import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { CallLine } from '@our-now/contracts/rooms.ts'
import { v5 as uuidv5 } from 'uuid'
import { storeMessage } from '../messages/store-message.ts'
import { sendKey } from '../writer/room-changes.ts'
import { putLastCall } from './last-call-store.ts'
import { deleteRunningCall, insertRunningCall } from './running-call-store.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'

type Recorded = Parameters<ChatApi['recordCall']>[1]

/**
 * Writes the lines of calls, each once: their ids in the log are made of the call's. A 1:1 room gets one line when the
 * call is over, from who called, with a place among the messages, so that a missed one counts in the badge. Rooms of
 * many get two facts of the log, a beginning and an end, which count nowhere; the list shows the end. Until the end is written a call is among
 * the running ones.
 */
export function createRecordCall({ writer }: { writer: RoomWriter }): ChatApi['recordCall'] {
  return async (_context, call) => {
    const { roomId, startedBy: authorId } = call
    await writer.run({
      roomId,
      memberIds: [authorId],
      send: { roomId, authorId, clientMessageId: lineIdOf(call) },
      bytes: 1_500,
      run: async (room) => {
        const { kind } = room.get()
        const isBegun = kind !== 'direct' && isWritten(room, call)
        if (kind === 'direct') recordInDirectRoom(room, call)
        else await recordInGroup(room, call)
        if (call.end !== undefined) await deleteRunningCall(room.trx, call.callId)
        // A beginning that is told again may be told after the end.
        else if (!isBegun) await insertRunningCall(room.trx, { ...call, isDirect: kind === 'direct' })
      },
    })
    return {}
  }
}

/** A beginning has the call's own id, an end one made of it. */
const lineIdOf = ({ callId, end }: Recorded): string =>
  end === undefined ? callId : uuidv5('call-ended', callId)

function recordInDirectRoom(room: LockedRoom, call: Recorded): void {
  const { callId, isVideo, startedBy: authorId, end } = call
  if (end === undefined) return
  const line: CallLine = { callId, isVideo, ...end }
  const { repeated, ordinal } = storeMessage(room, {
    authorId,
    clientMessageId: lineIdOf(call),
    payloadHash: '',
    text: '',
    call: line,
  })
  if (repeated || end.outcome === 'missed') return
  const other = room.knownMembers().find((member) => member.user_id !== authorId)
  // Who blocks the caller has been passed over already.
  if (other === undefined || other.visible_ordinal !== null) return
  room.moveCursor({ ...other, read_ordinal: Math.min(other.read_ordinal + 1, ordinal) })
}

async function recordInGroup(room: LockedRoom, call: Recorded): Promise<void> {
  const { callId, isVideo, startedBy: actorId, end } = call
  if (isWritten(room, call)) return
  const base = { actorId, callId, isVideo }
  if (end === undefined) {
    room.append({ kind: 'call-started', ...base }, lineIdOf(call))
    return
  }
  const { durationMs } = end
  const seq = room.append({ kind: 'call-ended', ...base, durationMs }, lineIdOf(call))
  // As a message would, it brings the room up in the list.
  room.change().active_at_ms = room.at
  await putLastCall(room.trx, room.roomId, { callId, seq, endedAt: room.at, isVideo, durationMs })
}

const isWritten = (room: LockedRoom, call: Recorded): boolean =>
  room.stored.has(sendKey(call.startedBy, lineIdOf(call)))
