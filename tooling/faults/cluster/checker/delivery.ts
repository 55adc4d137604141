import type { Facts, Stream } from './facts.ts'
import type { Violation } from './verdict.ts'

/** S5: what a client applies of a room is the log itself: the next number each time, and the same event. */
export function* findUnlikeLog({ streams, log, sendOf }: Facts): Iterable<Violation> {
  for (const stream of streams) {
    const room = log.get(stream.roomId)
    let have: number | undefined
    for (const line of stream.lines) {
      if (line.f !== 'deliver') {
        have = line.f === 'follow' || line.f === 'reset' ? line.have : undefined
        continue
      }
      const { seq, t } = line
      const who = `${stream.client} at ${Math.round(t)} ms: ${stream.roomId}/${seq}`
      if (have !== undefined && seq !== have + 1)
        yield { invariant: 'S5', t, sentence: `${who} came after ${have}` }
      have = seq
      const stored = room?.get(seq)
      if (stored === undefined) yield { invariant: 'S5', t, sentence: `${who} is not in the log` }
      else if (stored.kind !== line.kind || stored.authorId !== line.actorId || !isSameText(line, stored))
        yield { invariant: 'S5', t, sentence: `${who} is another event in the log` }
      else if (
        line.hash !== undefined &&
        sendOf(stream.roomId, line.actorId ?? '', line.id)?.hash !== line.hash
      )
        yield { invariant: 'S5', t, sentence: `${who} has another text than was sent` }
    }
  }
}

const isSameText = (
  line: { readonly id?: string; readonly hash?: string },
  stored: { readonly clientMessageId: string | undefined; readonly hash: string | undefined },
): boolean =>
  (line.id === undefined || line.id === stored.clientMessageId) &&
  (line.hash === undefined || stored.hash === undefined || line.hash === stored.hash)

/** What the heal may take. */
const healWithinMs = 10_000

/** How long each client needed for everything that was there when all faults had ended. */
export function* measureHeals(facts: Facts): Iterable<{ readonly ms: number; readonly stream: Stream }> {
  const healedAt = facts.phaseAt('healed')
  if (healedAt === undefined) return
  const heads = headsAt(facts, healedAt)
  const members = new Set(facts.final.members.map(({ roomId, userId }) => `${roomId} ${userId}`))
  for (const stream of facts.streams) {
    if (!members.has(`${stream.roomId} ${stream.userId}`)) continue
    // Whoever was put in, or began anew, after the heal has no gap of the faults.
    if (stream.lines.some(({ f, t }) => f !== 'deliver' && t > healedAt)) continue
    const head = heads.get(stream.roomId) ?? 0
    const last = stream.lines.at(-1)
    const began = stream.lines.findLast(({ f }) => f === 'follow' || f === 'reset')
    if (began?.f !== 'deliver' && (began?.have ?? 0) >= head) continue
    if (last?.f === 'removed' || last?.f === 'unfollow') continue
    const had = stream.lines.find((line) => line.f === 'deliver' && line.seq >= head)
    const since = Math.max(healedAt, lastConnectBefore(facts, stream.client, had?.t ?? Infinity))
    yield { ms: had === undefined ? Infinity : Math.max(0, had.t - since), stream }
  }
}

/** S10: everybody online is complete again in time. */
export function* findUnhealed(facts: Facts): Iterable<Violation> {
  for (const { ms, stream } of measureHeals(facts))
    if (ms > healWithinMs)
      yield {
        invariant: 'S10',
        sentence: `${stream.client} was ${ms === Infinity ? 'never' : `only after ${Math.round(ms)} ms`} complete in ${stream.roomId}`,
      }
}

/** The highest event of each room that anybody knew of at an instant. */
function headsAt({ sends, streams }: Facts, atMs: number): Map<string, number> {
  const heads = new Map<string, number>()
  const note = (roomId: string, seq: number): void => {
    if (seq > (heads.get(roomId) ?? 0)) heads.set(roomId, seq)
  }
  for (const { roomId, acks } of sends) for (const { t, seq } of acks) if (t <= atMs) note(roomId, seq)
  for (const { roomId, lines } of streams)
    for (const line of lines) if (line.f === 'deliver' && line.t <= atMs) note(roomId, line.seq)
  return heads
}

function lastConnectBefore({ connections }: Facts, client: string, t: number): number {
  let at = 0
  for (const line of connections.get(client) ?? []) if (line.f === 'connected' && line.t <= t) at = line.t
  return at
}

/** S15: what a client's reducer has made of the events is what a fresh read gives. */
export function* findUnlikeFreshRead({ final }: Facts): Iterable<Violation> {
  const heads = new Map(final.rooms.map(({ roomId, lastSeq }) => [roomId, lastSeq]))
  for (const { client, roomId, isMember, have, reducedHash, freshHash } of final.views) {
    if (!isMember) continue
    if (reducedHash !== freshHash)
      yield { invariant: 'S15', sentence: `${client} shows ${roomId} otherwise than a fresh read does` }
    if (have !== heads.get(roomId))
      yield {
        invariant: 'S15',
        sentence: `${client} ends at ${have} of ${roomId}, the log at ${heads.get(roomId)}`,
      }
  }
}
