import type { Message, RoomEvent } from '@our-now/contracts/rooms.ts'

/** One line of a room on screen: a message, or another fact of the log that is shown (joined, left, renamed …). */
export type Line =
  | { readonly kind: 'message'; readonly seq: number; readonly message: Message }
  | { readonly kind: 'notice'; readonly seq: number; readonly event: NoticeEvent }

/** The facts that are drawn as a system line. Quiet leaves and 1:1 beginnings never become lines. */
export type NoticeEvent = Extract<
  RoomEvent,
  { kind: 'room-created' | 'members-joined' | 'member-left' | 'room-renamed' | 'owner-changed' }
>

/** A deletion that was applied: a page from before it must not bring the text back. */
export interface AppliedDeletion {
  readonly seq: number
  readonly targetSeq: number
  readonly at: number
}

/**
 * What is known of one room's lines: a contiguous window of the history, and the live tail when the window does not
 * reach it. Lines ascend by seq. All functions over it are pure.
 */
export interface Timeline {
  readonly roomId: string
  readonly lines: readonly Line[]
  /** Older lines exist on the server. */
  readonly hasBefore: boolean
  /** The newest lines are not in the window: live messages collect in `tail`. */
  readonly hasAfter: boolean
  /** Live lines after `tailAfterSeq` without a hole, while `hasAfter`. Bounded: older ones fall out. */
  readonly tail: readonly Line[]
  readonly tailAfterSeq: number
  /** The log position up to which live events were applied; 0 before the first. */
  readonly liveSeq: number
  readonly deletions: readonly AppliedDeletion[]
}
