import type { SendKey } from '../messages/event-store.ts'
import type { LockedRoom } from './locked-room.ts'

/** One thing to do to one room, in its lane, in order of arrival. */
export interface RoomOperation<T = unknown> {
  readonly roomId: string
  /** Whose memberships `run` will ask for: read for the whole batch at once. */
  readonly memberIds: readonly string[]
  /** Of a send: looked up for the whole batch at once. */
  readonly send?: SendKey
  /** About how many bytes it writes. */
  readonly bytes: number
  /** After this instant nobody waits for the answer: not begun any more. */
  readonly deadlineAtMs?: number
  /**
   * Changes the room and answers. Called again when the transaction is tried again, so it may change nothing else.
   * An AppError refuses this operation alone; throw it before the first change.
   */
  readonly run: (room: LockedRoom) => T | Promise<T>
}

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }
