import type { OutboxEntry } from '@our-now/client/client.ts'
import type { NoticeEvent } from '@our-now/client/room-view/timeline.ts'
import type { Message } from '@our-now/contracts/rooms.ts'

/** Where a message stands in a run of messages by one person within one minute. */
export interface RunPlace {
  /** Carries the picture and the name. */
  readonly isFirst: boolean
  /** Carries the time. */
  readonly isLast: boolean
}

/** What the list draws, top to bottom. `key` stays the same for the same thing, also when it changes. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'divider'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly event: NoticeEvent }
  | MessageRow
  | PendingRow
  | BlockedRow

export interface MessageRow extends RunPlace {
  readonly kind: 'message'
  readonly key: string
  readonly message: Message
  readonly isMine: boolean
}
/** Mine, on its way or failed. */
export interface PendingRow extends RunPlace {
  readonly kind: 'pending'
  readonly key: string
  readonly entry: OutboxEntry
}
/** Messages of people I block, in a group: one line until it is opened. */
export interface BlockedRow {
  readonly kind: 'blocked'
  readonly key: string
  /** The first message's seq names the run when it is opened. */
  readonly seq: number
  readonly count: number
}
