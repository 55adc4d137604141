import type { ChatApi } from '@our-now/contracts/chat.ts'
import { createHash } from 'node:crypto'
import { requireUser } from '../callers/require-user.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import { normaliseMessageText } from './message-text.ts'
import { storeMessage } from './store-message.ts'

/** Bytes of a message in the database besides its text, which is stored twice. */
const overheadBytes = 500

/** Writes a message; answered when it is on disk. */
export function createSendMessage({ writer }: { writer: RoomWriter }): ChatApi['sendMessage'] {
  return async (context, { roomId, clientMessageId, text: written }) => {
    const authorId = requireUser(context)
    const text = normaliseMessageText(written)
    const message = { authorId, clientMessageId, text, payloadHash: hashOf(text) }
    return writer.run({
      roomId,
      memberIds: [authorId],
      send: { roomId, authorId, clientMessageId },
      bytes: overheadBytes + 2 * Buffer.byteLength(text),
      ...(context.deadlineAtMs === undefined ? {} : { deadlineAtMs: context.deadlineAtMs }),
      run: (room) => storeMessage(room, message),
    })
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')
