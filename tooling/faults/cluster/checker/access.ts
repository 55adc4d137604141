import type { StoredEvent } from '../history.ts'
import type { Facts } from './facts.ts'
import type { Violation } from './verdict.ts'

/** How long a removed member may still be shown what comes after, Redis being down (C9). */
const revokeWithinMs = 15_000

interface Absence {
  readonly userId: string
  readonly roomId: string
  /** The event that took the person out, and the one that put them in again. */
  readonly fromSeq: number
  readonly toSeq: number
}

/** S11: after the event that removed somebody they write nothing, and see nothing after the time for it. */
export function* findTrespass(facts: Facts): Iterable<Violation> {
  const absences = [...facts.log].flatMap(([roomId, events]) => listAbsences(roomId, [...events.values()]))
  for (const { userId, roomId, fromSeq, toSeq } of absences)
    for (let seq = fromSeq + 1; seq < toSeq; seq++) {
      const event = facts.log.get(roomId)?.get(seq)
      if (event?.kind === 'message-created' && event.authorId === userId)
        yield { invariant: 'S11', sentence: `${userId} left ${roomId} at ${fromSeq} and wrote ${seq}` }
    }
  const knownAt = firstSeen(facts)
  for (const stream of facts.streams) {
    const mine = absences.filter(({ userId, roomId }) => userId === stream.userId && roomId === stream.roomId)
    if (mine.length === 0) continue
    for (const line of stream.lines) {
      if (line.f !== 'deliver') continue
      const absence = mine.find(({ fromSeq, toSeq }) => line.seq > fromSeq && line.seq < toSeq)
      const leftAt = absence && knownAt.get(`${stream.roomId} ${absence.fromSeq}`)
      if (leftAt !== undefined && line.t > leftAt + revokeWithinMs)
        yield {
          invariant: 'S11',
          t: line.t,
          sentence: `${stream.client} was shown ${stream.roomId}/${line.seq}, ${Math.round(line.t - leftAt)} ms after leaving`,
        }
    }
  }
}

function listAbsences(roomId: string, events: readonly StoredEvent[]): Absence[] {
  const out = new Map<string, number>()
  const absences: Absence[] = []
  for (const { seq, kind, subjects } of events.toSorted((a, b) => a.seq - b.seq)) {
    if (kind === 'member-left') for (const userId of subjects) out.set(userId, seq)
    if (kind !== 'members-joined') continue
    for (const userId of subjects) {
      const fromSeq = out.get(userId)
      if (fromSeq !== undefined) absences.push({ userId, roomId, fromSeq, toSeq: seq })
      out.delete(userId)
    }
  }
  for (const [userId, fromSeq] of out) absences.push({ userId, roomId, fromSeq, toSeq: Infinity })
  return absences.map((absence) => ({ ...absence, toSeq: Math.min(absence.toSeq, events.length + 1) }))
}

/** When anybody was first shown an event: it was in the log by then. */
function firstSeen({ streams }: Facts): Map<string, number> {
  const seen = new Map<string, number>()
  for (const { roomId, lines } of streams)
    for (const line of lines) {
      if (line.f !== 'deliver' || (line.kind !== 'member-left' && line.kind !== 'members-joined')) continue
      const key = `${roomId} ${line.seq}`
      if (line.t < (seen.get(key) ?? Infinity)) seen.set(key, line.t)
    }
  return seen
}
