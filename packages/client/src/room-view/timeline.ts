import type { Message, RoomEvent } from '@our-now/contracts/rooms.ts'

/** One line of a room on screen: a message, or another fact of the log that is shown (joined, left, renamed …). */
export type Line =
  | { readonly kind: 'message'; readonly seq: number; readonly message: Message }
  | { readonly kind: 'notice'; readonly seq: number; readonly event: NoticeEvent }

/** The facts that are drawn as a system line. Quiet leaves and 1:1 beginnings never become lines. */
export type NoticeEvent = Extract<
  RoomEvent,
  {
    kind:
      | 'room-created'
      | 'members-joined'
      | 'member-left'
      | 'room-renamed'
      | 'owner-changed'
      | 'call-started'
      | 'call-ended'
  }
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

/** Live lines kept while the window is elsewhere; more than that is fetched when the reader comes down. */
export const maxTail = 300

/** A timeline before its first page: everything live collects in the tail until the page meets it. */
export function emptyTimeline(roomId: string, liveSeq: number): Timeline {
  return {
    roomId,
    lines: [],
    hasBefore: true,
    hasAfter: true,
    tail: [],
    tailAfterSeq: liveSeq,
    liveSeq,
    deletions: [],
  }
}

/** Drops lines far from the end that is kept. What is dropped is on the server and comes back by paging. */
export function trimTimeline(timeline: Timeline, maxLines: number, keep: 'newest' | 'oldest'): Timeline {
  if (timeline.lines.length <= maxLines) return timeline
  if (keep === 'newest') return { ...timeline, lines: timeline.lines.slice(-maxLines), hasBefore: true }
  return {
    ...timeline,
    lines: timeline.lines.slice(0, maxLines),
    hasAfter: true,
    tail: [],
    tailAfterSeq: timeline.liveSeq,
  }
}

/** The log position up to which the window shows everything. */
export function windowEnd(timeline: Timeline): number {
  const last = timeline.lines.at(-1)?.seq ?? 0
  return timeline.hasAfter ? last : Math.max(last, timeline.liveSeq)
}

/** How a fact of the log is drawn; `undefined` when it has no line of its own. */
export function toLine(event: RoomEvent): Line | undefined {
  switch (event.kind) {
    case 'message-created':
      return { kind: 'message', seq: event.seq, message: event.message }
    case 'room-created':
      return event.roomKind === 'group' || event.roomKind === 'video'
        ? { kind: 'notice', seq: event.seq, event }
        : undefined
    case 'member-left':
      return event.reason === 'quiet' ? undefined : { kind: 'notice', seq: event.seq, event }
    case 'members-joined':
    case 'room-renamed':
    case 'owner-changed':
    case 'call-started':
    case 'call-ended':
      return { kind: 'notice', seq: event.seq, event }
    case 'message-withheld':
    case 'message-deleted':
      return undefined
    default:
      // A kind that a newer server added: it keeps its place in the log and is not drawn.
      event satisfies never
      return undefined
  }
}

/** Blanks the messages that these deletions removed, as far as they are among the lines. */
export function withDeletions(
  lines: readonly Line[],
  deletions: readonly AppliedDeletion[],
): readonly Line[] {
  if (deletions.length === 0 || lines.length === 0) return lines
  const byTarget = new Map(deletions.map((deletion) => [deletion.targetSeq, deletion.at]))
  const isHit = (line: Line) => line.kind === 'message' && byTarget.has(line.seq)
  if (!lines.some(isHit)) return lines
  return lines.map((line) => {
    const at = byTarget.get(line.seq)
    if (line.kind !== 'message' || at === undefined) return line
    return { ...line, message: { ...line.message, text: '', deletedAt: at } }
  })
}
