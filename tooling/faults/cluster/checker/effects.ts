import type { Facts } from './facts.ts'
import type { Violation } from './verdict.ts'

/** S12: every event is in the topic, each room's in order where they first stand; nothing is left behind. */
export function* findUntoldEvents({ final, log }: Facts): Iterable<Violation> {
  if (final.outboxLeft > 0)
    yield { invariant: 'S12', sentence: `${final.outboxLeft} rows are left in the outbox` }
  const last = new Map<string, number>()
  const told = new Map<string, Set<number>>()
  for (const { roomId, seq } of final.topic) {
    const seqs = told.get(roomId) ?? new Set<number>()
    told.set(roomId, seqs)
    if (seqs.has(seq)) continue
    seqs.add(seq)
    const before = last.get(roomId) ?? 0
    if (seq < before)
      yield {
        invariant: 'S12',
        sentence: `the topic has ${roomId}/${seq} for the first time after ${before}`,
      }
    last.set(roomId, Math.max(seq, before))
  }
  for (const [roomId, events] of log)
    for (const seq of events.keys())
      if (told.get(roomId)?.has(seq) !== true)
        yield { invariant: 'S12', sentence: `the topic has no ${roomId}/${seq}` }
}

interface StoredMessage {
  readonly roomId: string
  readonly seq: number
  readonly ordinal: number
  readonly clientMessageId: string
  readonly isDeleted: boolean
}

/** S13: what is kept beside the log (messages, counts of members, read positions) is what the log says. */
export function* findWrongEffects({ final, log }: Facts): Iterable<Violation> {
  /** True because `dumpDatabase` writes it so. */
  const messages = (final.effects['messages'] ?? []) as readonly StoredMessage[]
  const projected = new Map(messages.map((message) => [`${message.roomId} ${message.seq}`, message]))
  for (const [roomId, events] of log) {
    let ordinal = 0
    for (const event of [...events.values()].toSorted((a, b) => a.seq - b.seq)) {
      if (event.kind !== 'message-created') continue
      ordinal += 1
      const message = projected.get(`${roomId} ${event.seq}`)
      if (message === undefined || message.clientMessageId !== event.clientMessageId)
        yield { invariant: 'S13', sentence: `${roomId}/${event.seq} is not among the messages` }
      else if (message.ordinal !== ordinal)
        yield {
          invariant: 'S13',
          sentence: `${roomId}/${event.seq} is message ${ordinal} and kept as ${message.ordinal}`,
        }
    }
  }
  if (messages.length !== final.events.filter(({ kind }) => kind === 'message-created').length)
    yield { invariant: 'S13', sentence: 'there are more messages than the log tells' }
  yield* findWrongReaders({ final, log })
  /** True because `dumpDatabase` writes it so. */
  const counts = (final.effects['memberCounts'] ?? {}) as Readonly<Record<string, number>>
  for (const [roomId, count] of Object.entries(counts)) {
    const members = final.members.filter((member) => member.roomId === roomId).length
    if (members !== count)
      yield { invariant: 'S13', sentence: `${roomId} counts ${count} members and has ${members}` }
  }
}

/** A reader's badge is right: it counts the messages of others behind the read position, and nothing else. */
function* findWrongReaders({ final, log }: Pick<Facts, 'final' | 'log'>): Iterable<Violation> {
  const lastOrdinals = new Map(final.rooms.map(({ roomId, lastOrdinal }) => [roomId, lastOrdinal]))
  for (const { roomId, userId, readSeq, joinedSeq, readOrdinal } of final.members) {
    let unread = 0
    for (const { seq, kind, authorId } of log.get(roomId)?.values() ?? [])
      if (kind === 'message-created' && seq > Math.max(readSeq, joinedSeq) && authorId !== userId) unread += 1
    const badge = (lastOrdinals.get(roomId) ?? 0) - readOrdinal
    if (badge !== unread)
      yield {
        invariant: 'S13',
        sentence: `${userId} has read ${roomId} to ${readSeq}: ${unread} messages are new, the badge says ${badge}`,
      }
  }
}
