import type { CallLine, RoomSummary } from '@our-now/contracts/rooms.ts'

export type LastLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'call'; readonly call: CallLine; readonly isMine: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly isMine: boolean }

/** Longer than any list shows; a message of 10,000 characters does not belong into a row. */
const maxLength = 160

/** What happened last, a message or the end of a call, as one line: line breaks become spaces. */
export function lastLineOf(room: RoomSummary, myUserId: string): LastLine {
  const { lastMessage: message, lastCall } = room
  if (lastCall !== undefined && lastCall.seq > (message?.seq ?? 0)) {
    const { callId, isVideo, durationMs } = lastCall
    return { kind: 'call', call: { callId, isVideo, outcome: 'answered', durationMs }, isMine: false }
  }
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
