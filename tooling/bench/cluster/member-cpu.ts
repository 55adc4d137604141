import type { Cluster } from '../../cluster/cluster.ts'
import { cpuMsOf } from '../../measure/process-cpu.ts'

/** CPU time of each member of a cluster since it started, in ms, by kind (both gateways together). Linux only. */
export type CpuByKind = Readonly<Record<string, number>>

export function readCpu({ members }: Cluster): CpuByKind {
  const sums: Record<string, number> = {
    loader: process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
  }
  for (const member of members.values()) {
    const pid = member.pid()
    if (pid !== undefined) sums[member.kind] = (sums[member.kind] ?? 0) + cpuMsOf(pid)
  }
  return sums
}

/** What each kind spent between two readings, in µs per `count` of something. */
export function cpuPer(before: CpuByKind, after: CpuByKind, count: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([kind, ms]) => [
      kind,
      Math.round((((ms - (before[kind] ?? 0)) * 1_000) / Math.max(1, count)) * 10) / 10,
    ]),
  )
}
