import type { CallLine, RoomSummary } from '@our-now/contracts/rooms.ts'

export type LastLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'call'; readonly call: CallLine; readonly isMine: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly isMine: boolean }

/** Longer than any list shows; a message of 10,000 characters does not belong into a row. */
const maxLength = 160

/** The last message as one line: line breaks become spaces. */
export function lastLineOf(room: RoomSummary, myUserId: string): LastLine {
  const message = room.lastMessage
  if (!message) return { kind: 'none' }
  if (message.deletedAt !== undefined) return { kind: 'deleted' }
  const isMine = message.authorId === myUserId
  if (message.call !== undefined) return { kind: 'call', call: message.call, isMine }
  return {
    kind: 'text',
    text: message.text.slice(0, maxLength).replaceAll(/\s+/g, ' ').trim(),
    isMine: isMine && room.kind !== 'self',
  }
}
