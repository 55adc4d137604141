import type { RunResult } from './run-result.ts'

/** A run's result as a line for a person. */
export function tellRun(result: RunResult): string {
  const { run, seed, acked, faults, unknown, violations, isQuiet } = result
  const speed = `ack p50 ${result.ackP50Ms} p99 ${result.ackP99Ms} ms, longest pause ${result.longestPauseMs} ms (${result.pausedBy.join(', ')})`
  return (
    `run ${run} seed ${seed}: ${acked} acknowledged, ${faults} faults, ${unknown} tries unknown, ${speed}, ` +
    `healed p99 ${result.healP99Ms} ms${isQuiet ? '' : ', NOT AT REST'}, ${violations} violations, ` +
    `took ${Math.round(result.tookMs / 1_000)} s`
  )
}
