import type { Message } from '@our-now/contracts/rooms.ts'

/** For this long after sending a message can be taken back from everyone. The server decides; this is what is offered. */
export const deletableMs = 24 * 60 * 60 * 1_000

export function mayDelete(message: Message, isMine: boolean, nowMs: number): boolean {
  return (
    isMine &&
    message.call === undefined &&
    message.deletedAt === undefined &&
    nowMs - message.sentAt < deletableMs
  )
}
