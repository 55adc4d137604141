import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { scrubRoomEvent } from './event-store.ts'
import { findMessage, scrubMessage } from './message-store.ts'
import { toMessageBody } from './room-event.ts'

export interface DeleteMessageDeps {
  readonly writer: RoomWriter
  /** How long after sending a message may be deleted for everyone, in ms. */
  readonly deleteWindowMs: number
}

/** Takes a message's words away for everyone: out of history, and out of the log that tells of it. */
export function createDeleteMessage({ writer, deleteWindowMs }: DeleteMessageDeps): ChatApi['deleteMessage'] {
  return async (context, { roomId, seq }) => {
    const userId = requireUser(context)
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 500,
      run: (room) => deleteInRoom(room, { userId, seq, deleteWindowMs }),
    })
    return {}
  }
}

async function deleteInRoom(
  room: LockedRoom,
  { userId, seq, deleteWindowMs }: { userId: string; seq: number; deleteWindowMs: number },
): Promise<void> {
  const member = await room.getMember(userId)
  const message = await findMessage(room.trx, room.roomId, seq)
  const isVisible = message !== undefined && seq > member.joined_seq && message.withheld_from !== userId
  if (!isVisible) throw new AppError('message_not_found')
  // The line of a call is a fact, not somebody's words.
  if (message.author_id !== userId || message.call_line !== null) throw new AppError('forbidden')
  if (message.deleted_at_ms !== null) return
  if (room.at - message.sent_at_ms > deleteWindowMs) throw new AppError('delete_too_late')

  const eventSeq = room.append({ kind: 'message-deleted', actorId: userId, targetSeq: seq })
  await scrubMessage(room.trx, { roomId: room.roomId, seq, deletedAtMs: room.at, eventSeq })
  const body = toMessageBody({ ordinal: message.ordinal, text: '', deletedAt: room.at })
  await scrubRoomEvent(room.trx, { roomId: room.roomId, seq, body })
}
