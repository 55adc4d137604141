import type { HistoryLine } from '../history.ts'
import { quantile } from '../../../measure/quantile.ts'

/** What a run's history says about its speed; all in ms. */
export interface RunMeasures {
  /** From the first sending to the acknowledgement, tries in between included. */
  readonly ackP50Ms: number
  readonly ackP99Ms: number
  /** The same of those that were begun and acknowledged while nothing was broken, nor a moment before. */
  readonly healthyAckP50Ms: number
  readonly healthyAckP99Ms: number
  /** The longest time in which nobody was acknowledged in some room while faults went on, and what went on then. */
  readonly longestPauseMs: number
  readonly pausedBy: readonly string[]
  /** Faults that were in effect, by kind. */
  readonly faultsByKind: Readonly<Record<string, number>>
}

/** A fault is felt for a while after its end: connections come back, queues empty. */
const settleMs = 3_000

/** @param lines  in order of time */
export function measureRun(lines: readonly HistoryLine[]): RunMeasures {
  const begun = new Map<string, number>()
  const took: number[] = []
  const tookHealthy: number[] = []
  let going = 0
  /** When the last fault began or ended. */
  let brokenUntilMs = -Infinity
  const ackedAt = new Map<string, number[]>()
  const faultsByKind: Record<string, number> = {}
  let fromMs = 0
  let toMs = Infinity
  for (const line of lines) {
    if (line.f === 'phase' && line.phase === 'faults') fromMs = line.t
    if (line.f === 'phase' && line.phase === 'healed') toMs = line.t
    if (line.f === 'fault') {
      going += line.type === 'start' ? 1 : -1
      brokenUntilMs = line.t
      if (line.type === 'start') faultsByKind[line.kind] = (faultsByKind[line.kind] ?? 0) + 1
    }
    if (line.f !== 'send' || line.isRepeat === true) continue
    if (line.type === 'invoke') begun.set(line.op, line.t)
    if (line.type !== 'ok') continue
    const begunAt = begun.get(line.op) ?? line.t
    took.push(line.t - begunAt)
    if (going === 0 && begunAt >= brokenUntilMs + settleMs) tookHealthy.push(line.t - begunAt)
    const inRoom = ackedAt.get(line.roomId) ?? []
    inRoom.push(line.t)
    ackedAt.set(line.roomId, inRoom)
  }
  const sorted = took.toSorted((a, b) => a - b)
  const healthy = tookHealthy.toSorted((a, b) => a - b)
  const [pause = { fromMs, lastsMs: 0 }] = [...ackedAt.values()]
    .map((times) => longestPause(times, fromMs, toMs))
    .toSorted((a, b) => b.lastsMs - a.lastsMs)
  return {
    ackP50Ms: quantile(sorted, 0.5),
    ackP99Ms: quantile(sorted, 0.99),
    healthyAckP50Ms: quantile(healthy, 0.5),
    healthyAckP99Ms: quantile(healthy, 0.99),
    longestPauseMs: Math.round(pause.lastsMs),
    pausedBy: goingOn(lines, pause.fromMs, pause.fromMs + pause.lastsMs),
    faultsByKind,
  }
}

function longestPause(
  times: readonly number[],
  fromMs: number,
  toMs: number,
): { fromMs: number; lastsMs: number } {
  let longest = { fromMs, lastsMs: 0 }
  let before = fromMs
  for (const t of times) {
    if (t < fromMs) continue
    const at = Math.min(t, toMs)
    if (at - before > longest.lastsMs) longest = { fromMs: before, lastsMs: at - before }
    before = at
    if (t > toMs) break
  }
  return longest
}

function goingOn(lines: readonly HistoryLine[], fromMs: number, toMs: number): string[] {
  const going = new Map<string, string>()
  for (const line of lines) {
    if (line.f !== 'fault') continue
    if (line.type === 'start' && line.t < toMs) going.set(line.fault, `${line.kind} ${line.target}`)
    if (line.type === 'stop' && line.t < fromMs) going.delete(line.fault)
  }
  return [...going.values()]
}
