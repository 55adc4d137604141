import type { Facts, Send } from './facts.ts'
import type { Violation } from './verdict.ts'

/** S6: what one device sends into one room is in the log in the order it was sent. */
export function* findSwappedSends({ sends, final }: Facts): Iterable<Violation> {
  const seqOf = storedSeqs(final)
  const last = new Map<string, { readonly send: Send; readonly seq: number }>()
  for (const send of sends.toSorted((a, b) => a.invokedAt - b.invokedAt)) {
    const seq = seqOf.get(`${send.roomId} ${send.userId} ${send.id}`)
    if (seq === undefined) continue
    const key = `${send.client} ${send.roomId}`
    const before = last.get(key)
    if (before !== undefined && before.seq > seq)
      yield {
        invariant: 'S6',
        t: send.invokedAt,
        sentence: `${send.client} sent ${before.send.id} before ${send.id}; they are at ${before.seq} and ${seq} of ${send.roomId}`,
      }
    else last.set(key, { send, seq })
  }
}

/**
 * S7: appending is linearizable: no message stands before one whose acknowledgement was there before it was even sent.
 * Positions are known, so one walk in their order with the latest sending so far is enough.
 */
export function* findTimeTravel({ sends, final }: Facts): Iterable<Violation> {
  const byPlace = new Map(sends.map((send) => [`${send.roomId} ${send.userId} ${send.id}`, send]))
  let room = ''
  let latest: Send | undefined
  for (const event of final.events.toSorted(byRoomAndSeq)) {
    if (event.roomId !== room) latest = undefined
    room = event.roomId
    const send = byPlace.get(`${event.roomId} ${event.authorId} ${event.clientMessageId}`)
    if (send === undefined || event.kind !== 'message-created') continue
    const ackedAt = Math.min(...send.acks.map(({ t }) => t))
    if (latest !== undefined && ackedAt < latest.invokedAt)
      yield {
        invariant: 'S7',
        t: ackedAt,
        sentence: `${send.id} was acknowledged before ${latest.id} was sent, and stands after it in ${room}`,
      }
    if (latest === undefined || send.invokedAt > latest.invokedAt) latest = send
  }
}

const byRoomAndSeq = (a: { roomId: string; seq: number }, b: { roomId: string; seq: number }): number =>
  a.roomId === b.roomId ? a.seq - b.seq : a.roomId < b.roomId ? -1 : 1

const storedSeqs = (final: Facts['final']): Map<string, number> =>
  new Map(
    final.events
      .filter(({ kind }) => kind === 'message-created')
      .map(({ roomId, authorId, clientMessageId, seq }) => [`${roomId} ${authorId} ${clientMessageId}`, seq]),
  )

/** S8: a read asked after an acknowledgement shows that event, and what one client is shown never goes back. */
export function* findStaleReads({ operations, sends }: Facts): Iterable<Violation> {
  const acks = new Map<string, { t: number; seq: number }[]>()
  for (const { roomId, acks: own } of sends) acks.set(roomId, [...(acks.get(roomId) ?? []), ...own])
  const known = new Map([...acks].map(([roomId, list]) => [roomId, highestBy(list)]))
  const shown = new Map<string, { readonly at: number; readonly head: number }[]>()
  for (const { invoke, end } of operations.toSorted((a, b) => (a.end?.t ?? 0) - (b.end?.t ?? 0))) {
    if ((invoke.f !== 'sync' && invoke.f !== 'open-room') || end?.type !== 'ok' || end.head === undefined)
      continue
    const atLeast = known.get(invoke.roomId)?.(invoke.t) ?? 0
    if (end.head < atLeast)
      yield {
        invariant: 'S8',
        t: invoke.t,
        sentence: `${invoke.client} asked for ${invoke.roomId} after ${atLeast} was acknowledged and was told ${end.head}`,
      }
    const key = `${invoke.client} ${invoke.roomId}`
    const earlier = shown.get(key) ?? []
    const before = Math.max(0, ...earlier.filter(({ at }) => at <= invoke.t).map(({ head }) => head))
    if (end.head < before)
      yield {
        invariant: 'S8',
        t: invoke.t,
        sentence: `${invoke.client} was told ${end.head} of ${invoke.roomId}, after ${before}`,
      }
    shown.set(key, [...earlier, { at: end.t, head: end.head }])
  }
}

/** The highest seq acknowledged before an instant. */
function highestBy(acks: readonly { t: number; seq: number }[]): (t: number) => number {
  const sorted = acks.toSorted((a, b) => a.t - b.t)
  const highest: number[] = []
  for (const { seq } of sorted) highest.push(Math.max(seq, highest.at(-1) ?? 0))
  return (t) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle]?.t ?? Infinity) < t) low = middle + 1
      else high = middle
    }
    return highest[low - 1] ?? 0
  }
}
