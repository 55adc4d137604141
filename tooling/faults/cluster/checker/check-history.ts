import type { FinalState, HistoryLine } from '../history.ts'
import { findTrespass } from './access.ts'
import { findForgotten, findLeaks, findWrongRefusals } from './behaviour.ts'
import { findUnhealed, findUnlikeFreshRead, findUnlikeLog, measureHeals } from './delivery.ts'
import { findUntoldEvents, findWrongEffects } from './effects.ts'
import { collectFacts, type Facts } from './facts.ts'
import { findStaleReads, findSwappedSends, findTimeTravel } from './order.ts'
import { findDoubles, findHoles, findLostSends, findPhantoms, findRewritten } from './stored-sends.ts'
import { mostPerInvariant, type Verdict, type Violation } from './verdict.ts'

export type { Verdict } from './verdict.ts'

const invariants: readonly ((facts: Facts) => Iterable<Violation>)[] = [
  findLostSends,
  findPhantoms,
  findDoubles,
  findRewritten,
  findHoles,
  findUnlikeLog,
  findSwappedSends,
  findTimeTravel,
  findStaleReads,
  findUnhealed,
  findTrespass,
  findUntoldEvents,
  findWrongEffects,
  findWrongRefusals,
  findForgotten,
  findUnlikeFreshRead,
  findLeaks,
]

/** Holds a run's history and what it left behind against the promises S1 … S16. Everything in O(n log n). */
export function checkHistory(lines: Iterable<HistoryLine>, final: FinalState): Verdict {
  const facts = collectFacts(lines, final)
  const healMs = [...measureHeals(facts)].map(({ ms }) => ms).toSorted((a, b) => a - b)
  const stored = new Set(
    final.events.map(({ roomId, authorId, clientMessageId }) => `${roomId} ${authorId} ${clientMessageId}`),
  )
  const unknown = facts.sends.filter(
    ({ acks, failure }) => acks.length === 0 && failure?.isRetryable !== false,
  )
  return {
    acked: facts.sends.filter(({ acks }) => acks.length > 0).length,
    unknown: unknown.length,
    committedUnknown: unknown.filter(({ roomId, userId, id }) => stored.has(`${roomId} ${userId} ${id}`))
      .length,
    violations: invariants.flatMap((find) => takeFirst(find(facts))),
    healMs,
    healP99Ms: Math.round(healMs[Math.min(healMs.length - 1, Math.floor(healMs.length * 0.99))] ?? 0),
    judged: {
      sends: facts.sends.length,
      operations: facts.operations.length,
      deliveries: facts.streams.reduce((sum, { lines: own }) => sum + own.length, 0),
      faults: facts.faults.length,
      topic: final.topic.length,
      views: final.views.length,
      heals: healMs.length,
    },
  }
}

function takeFirst(violations: Iterable<Violation>): Violation[] {
  const first: Violation[] = []
  for (const violation of violations) {
    first.push(violation)
    if (first.length >= mostPerInvariant) break
  }
  return first
}
