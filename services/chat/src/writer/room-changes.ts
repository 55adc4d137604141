import type { CallLine, RoomEvent } from '@our-now/contracts/rooms.ts'
import type { MessageRow, RoomEventRow } from '../messages/room-event.ts'
import type { MembershipRow, RoomRow } from '../rooms/room-store.ts'

/** An event with whom it is kept from, as it goes to the gateways. */
export interface PlacedEvent {
  readonly event: RoomEvent
  readonly withheldFrom?: string
}

export interface NewMessage {
  readonly authorId: string
  readonly clientMessageId: string
  readonly payloadHash: string
  readonly text: string
  readonly withheldFrom: string | undefined
  /** In place of words. */
  readonly call?: CallLine
}

/** Where a message of the sender's already is. */
export interface Stored {
  readonly payloadHash: string | null
  readonly seq: number
  readonly ordinal: number
  readonly sentAtMs: number
}

/** What a locked room has changed and not written yet. */
export interface UnwrittenRoom {
  readonly roomId: string
  readonly newRow: RoomRow | undefined
  readonly changedRow: RoomRow | undefined
  readonly events: readonly RoomEventRow[]
  readonly messages: readonly MessageRow[]
  readonly changedMembers: readonly MembershipRow[]
  readonly removedMembers: readonly string[]
}

export const sendKey = (authorId: string, clientMessageId: string): string => `${authorId}:${clientMessageId}`
export const blockPair = (blockerId: string, blockedId: string): string => `${blockerId}:${blockedId}`
