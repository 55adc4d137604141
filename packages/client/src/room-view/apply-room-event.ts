import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import { maxTail, toLine, withDeletions, type Line, type Timeline } from './timeline.ts'

/** Live lines in a window that nobody trims: then the oldest are dropped. */
const maxLive = 3_000
const maxDeletions = 200

/**
 * Applies the next events of the room's log. Repeats change nothing; after a hole (which the gap repair never lets
 * through) the window is cut off from the live end, so that paging heals it instead of showing a false sequence.
 */
export function applyRoomEvents(timeline: Timeline, events: readonly RoomEvent[]): Timeline {
  return events.reduce(applyRoomEvent, timeline)
}

function applyRoomEvent(timeline: Timeline, event: RoomEvent): Timeline {
  if (event.seq <= timeline.liveSeq) return timeline
  const base = event.seq === timeline.liveSeq + 1 ? timeline : cutOff(timeline, event.seq - 1)
  const next = { ...base, liveSeq: event.seq }
  if (event.kind === 'message-deleted') {
    const deletion = { seq: event.seq, targetSeq: event.targetSeq, at: event.at }
    return {
      ...next,
      lines: withDeletions(next.lines, [deletion]),
      tail: withDeletions(next.tail, [deletion]),
      deletions: [...next.deletions, deletion].slice(-maxDeletions),
    }
  }
  const line = toLine(event)
  return line ? append(next, line) : next
}

function append(timeline: Timeline, line: Line): Timeline {
  if (timeline.hasAfter) return appendToTail(timeline, line)
  // A page that was newer than the live end brought the line already.
  const last = timeline.lines.at(-1)
  if (last && last.seq >= line.seq) return timeline
  const lines = [...timeline.lines, line]
  if (lines.length <= maxLive) return { ...timeline, lines }
  return { ...timeline, lines: lines.slice(-maxLive / 2), hasBefore: true }
}

function appendToTail(timeline: Timeline, line: Line): Timeline {
  const tail = [...timeline.tail, line]
  const dropped = tail.length > maxTail ? tail.shift() : undefined
  return { ...timeline, tail, tailAfterSeq: dropped?.seq ?? timeline.tailAfterSeq }
}

function cutOff(timeline: Timeline, atSeq: number): Timeline {
  return { ...timeline, hasAfter: true, tail: [], tailAfterSeq: atSeq }
}
