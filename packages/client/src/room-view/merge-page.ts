import type { Message, RoomEvent } from '@our-now/contracts/rooms.ts'
import { maxTail, toLine, windowEnd, withDeletions, type Line, type Timeline } from './timeline.ts'

/** Which page was asked for. `before` and `after` name the window's first or last line. */
export type PagePlace =
  { readonly kind: 'newest' } | { readonly kind: 'before' | 'after' | 'around'; readonly seq: number }

/** A page of history as the server answers it (`listMessages`). */
export interface TimelinePage {
  readonly messages: readonly Message[]
  readonly notices: readonly RoomEvent[]
  readonly asOfSeq: number
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/**
 * Joins a page with the window: extends it at its end, merges where they meet, or replaces it where they do not (a
 * jump). Live events that came while the page was on its way are kept: the page shows the log up to `asOfSeq`, the tail
 * goes on from there.
 */
export function mergePage(
  timeline: Timeline,
  place: PagePlace,
  page: TimelinePage,
  /** Replaces the window whatever it shows: its lines may miss a deletion (they came from a cache). */
  { isReplacing = false }: { isReplacing?: boolean } = {},
): Timeline {
  const pageLines = linesOf(page, timeline)
  if (isReplacing) return replace(timeline, page, pageLines)
  if (place.kind === 'before') return prepend(timeline, place.seq, page, pageLines)
  if (place.kind === 'after') return extend(timeline, place.seq, page, pageLines)
  return meets(timeline, page, pageLines)
    ? unite(timeline, page, pageLines)
    : replace(timeline, page, pageLines)
}

function linesOf(page: TimelinePage, timeline: Timeline): readonly Line[] {
  const messages = page.messages.map((message): Line => ({ kind: 'message', seq: message.seq, message }))
  const notices = page.notices.flatMap((event) => toLine(event) ?? [])
  const lines = [...messages, ...notices].toSorted((a, b) => a.seq - b.seq)
  return withDeletions(
    lines,
    timeline.deletions.filter((deletion) => deletion.seq > page.asOfSeq),
  )
}

function prepend(
  timeline: Timeline,
  before: number,
  page: TimelinePage,
  pageLines: readonly Line[],
): Timeline {
  // The window was replaced or trimmed meanwhile: the page no longer touches it.
  if (timeline.lines[0]?.seq !== before) return timeline
  const older = pageLines.filter((line) => line.seq < before)
  return { ...timeline, lines: [...older, ...timeline.lines], hasBefore: page.hasBefore }
}

function extend(timeline: Timeline, after: number, page: TimelinePage, pageLines: readonly Line[]): Timeline {
  if (timeline.lines.at(-1)?.seq !== after || !timeline.hasAfter) return timeline
  const newer = pageLines.filter((line) => line.seq > after)
  return meetTail({ ...timeline, lines: [...timeline.lines, ...newer] }, page)
}

/** Whether page and window overlap or touch, so that nothing can be missing between them. */
function meets(timeline: Timeline, page: TimelinePage, pageLines: readonly Line[]): boolean {
  const first = timeline.lines[0]
  if (!first) return false
  const pageFrom = page.hasBefore ? (pageLines[0]?.seq ?? Infinity) : 0
  const pageTo = page.hasAfter ? (pageLines.at(-1)?.seq ?? 0) : page.asOfSeq
  const from = timeline.hasBefore ? first.seq : 0
  return pageFrom <= windowEnd(timeline) + 1 && pageTo >= from - 1
}

function unite(timeline: Timeline, page: TimelinePage, pageLines: readonly Line[]): Timeline {
  const bySeq = new Map(timeline.lines.map((line) => [line.seq, line]))
  // The page's word is at least as new: what was deleted since is blanked in both.
  for (const line of pageLines) bySeq.set(line.seq, line)
  const lines = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
  const united = { ...timeline, lines, hasBefore: timeline.hasBefore && page.hasBefore }
  return timeline.hasAfter ? meetTail(united, page) : united
}

function replace(timeline: Timeline, page: TimelinePage, pageLines: readonly Line[]): Timeline {
  // A live window has no tail of its own: what it shows at its end is what came live.
  const live = timeline.hasAfter ? timeline : { ...timeline, ...tailOf(timeline) }
  return meetTail({ ...live, lines: pageLines, hasBefore: page.hasBefore, hasAfter: true }, page)
}

function tailOf(timeline: Timeline): Pick<Timeline, 'tail' | 'tailAfterSeq'> {
  const tail = timeline.lines.slice(-maxTail)
  const isWhole = tail.length === timeline.lines.length && !timeline.hasBefore
  return { tail, tailAfterSeq: isWhole ? 0 : (tail[0]?.seq ?? timeline.liveSeq + 1) - 1 }
}

/** Where the page reaches the newest line, the tail follows it without a hole and the window is live. */
function meetTail(timeline: Timeline, page: TimelinePage): Timeline {
  if (page.hasAfter || timeline.tailAfterSeq > page.asOfSeq) return { ...timeline, hasAfter: true }
  const last = timeline.lines.at(-1)?.seq ?? 0
  const rest = timeline.tail.filter((line) => line.seq > last)
  return {
    ...timeline,
    lines: [...timeline.lines, ...rest],
    hasAfter: false,
    tail: [],
    tailAfterSeq: timeline.liveSeq,
  }
}
