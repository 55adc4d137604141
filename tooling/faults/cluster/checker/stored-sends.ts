import type { Facts } from './facts.ts'
import type { Violation } from './verdict.ts'

/** S1: every acknowledged send is in the log, exactly where it was said to be, with its text. */
export function* findLostSends({ sends, log }: Facts): Iterable<Violation> {
  for (const { client, userId, roomId, id, hash, acks } of sends)
    for (const { t, seq } of acks) {
      const stored = log.get(roomId)?.get(seq)
      const what = `${client} was told at ${Math.round(t)} ms that ${id} is ${roomId}/${seq}`
      if (stored === undefined || stored.clientMessageId !== id || stored.authorId !== userId)
        yield { invariant: 'S1', t, sentence: `${what}; there is ${stored?.clientMessageId ?? 'nothing'}` }
      else if (stored.hash !== undefined && hash !== undefined && stored.hash !== hash)
        yield { invariant: 'S1', t, sentence: `${what}, but its text is another` }
    }
}

/** S2: every message in the log was sent by its author, with this text. */
export function* findPhantoms({ final, sendOf }: Facts): Iterable<Violation> {
  for (const { roomId, seq, kind, authorId = '', clientMessageId, hash } of final.events) {
    if (kind !== 'message-created') continue
    const send = sendOf(roomId, authorId, clientMessageId)
    if (send === undefined)
      yield { invariant: 'S2', sentence: `${roomId}/${seq} (${clientMessageId}) was sent by nobody` }
    else if (hash !== undefined && send.hash !== undefined && hash !== send.hash)
      yield { invariant: 'S2', sentence: `${roomId}/${seq} has another text than ${send.client} sent` }
  }
}

/** S3 and S9: one id is there at most once, however often it was tried, and all answers to it agree. */
export function* findDoubles({ final, sends }: Facts): Iterable<Violation> {
  const seen = new Map<string, number>()
  for (const { roomId, seq, authorId, clientMessageId } of final.events) {
    if (clientMessageId === undefined) continue
    const key = `${roomId} ${authorId} ${clientMessageId}`
    const before = seen.get(key)
    const invariant = isUnanswered(sends, key) ? 'S9' : 'S3'
    if (before !== undefined)
      yield { invariant, sentence: `${clientMessageId} is in ${roomId} at ${before} and again at ${seq}` }
    seen.set(key, seq)
  }
  for (const { client, id, acks } of sends) {
    const places = new Set(acks.map(({ seq }) => seq))
    if (places.size > 1)
      yield { invariant: 'S3', sentence: `${client} was told of ${id} at ${[...places].join(' and at ')}` }
  }
}

/** S3: what was written once is there once, also under another id. Every text of a run is unique. */
export function* findRewritten({ final }: Facts): Iterable<Violation> {
  const seen = new Map<string, { readonly seq: number; readonly id: string | undefined }>()
  for (const { roomId, seq, kind, authorId, clientMessageId: id, hash } of final.events) {
    if (kind !== 'message-created' || hash === undefined) continue
    const key = `${roomId} ${authorId} ${hash}`
    const before = seen.get(key)
    if (before !== undefined && before.id !== id)
      yield {
        invariant: 'S3',
        sentence: `${roomId} has one text of ${authorId} at ${before.seq} and, as ${id}, at ${seq}`,
      }
    seen.set(key, { seq, id })
  }
}

let unansweredOf: { readonly sends: Facts['sends']; readonly keys: ReadonlySet<string> } | undefined
function isUnanswered(sends: Facts['sends'], key: string): boolean {
  if (unansweredOf?.sends !== sends) {
    const open = sends.filter(({ acks }) => acks.length === 0)
    unansweredOf = { sends, keys: new Set(open.map(({ roomId, userId, id }) => `${roomId} ${userId} ${id}`)) }
  }
  return unansweredOf.keys.has(key)
}

/** S4: each room's log has every number from 1 to its last, once; messages are counted without a hole. */
export function* findHoles({ final, log }: Facts): Iterable<Violation> {
  for (const { roomId, lastSeq } of final.rooms) {
    const room = log.get(roomId) ?? new Map()
    for (let seq = 1; seq <= lastSeq; seq++)
      if (!room.has(seq))
        yield { invariant: 'S4', sentence: `${roomId} has no ${seq}, its last is ${lastSeq}` }
    const highest = Math.max(0, ...room.keys())
    if (highest !== lastSeq)
      yield { invariant: 'S4', sentence: `${roomId} says its last is ${lastSeq}, there is ${highest}` }
  }
  const rows = new Map<string, number>()
  for (const { roomId } of final.events) rows.set(roomId, (rows.get(roomId) ?? 0) + 1)
  for (const [roomId, count] of rows)
    if (count !== log.get(roomId)?.size)
      yield { invariant: 'S4', sentence: `${roomId} has ${count} rows for ${log.get(roomId)?.size} numbers` }
  for (const { roomId, lastOrdinal } of final.rooms) {
    const messages = [...(log.get(roomId)?.values() ?? [])].filter(({ kind }) => kind === 'message-created')
    if (messages.length !== lastOrdinal)
      yield {
        invariant: 'S4',
        sentence: `${roomId} counts ${lastOrdinal} messages and has ${messages.length}`,
      }
  }
}
