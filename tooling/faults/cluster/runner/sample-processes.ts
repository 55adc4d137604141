import { readdir } from 'node:fs/promises'
import type { Cluster } from '../../../cluster/cluster.ts'
import { cpuMsOf, readStat } from '../../../measure/process-cpu.ts'
import type { SampleLine } from '../history.ts'
import { askDatabase } from '../nemeses/ask-servers.ts'

const pageKiB = 4
const everyMs = 4_000

export interface Sampling {
  /** One more, now. */
  readonly sample: () => Promise<void>
  readonly stop: () => void
}

/** Notes memory, files and processor time of every process every few seconds until stopped. Linux only; elsewhere nothing. */
export function startSampling(
  cluster: Cluster,
  now: () => number,
  write: (line: SampleLine) => void,
): Sampling {
  let isStopped = false
  async function sample(): Promise<void> {
    const rows = await askDatabase(cluster.databaseUrl('chat'), "SHOW STATUS LIKE 'Threads_connected'").catch(
      () => [],
    )
    const connections = Number(rows[0]?.['Value'])
    for (const member of cluster.members.values()) {
      const pid = member.pid()
      const numbers = pid === undefined ? undefined : await readProcess(pid).catch(() => undefined)
      // Whoever stopped us has closed the history.
      if (isStopped) return
      if (numbers === undefined) continue
      const isDatabase = member.name === 'mariadb' && Number.isFinite(connections)
      write({
        t: now(),
        f: 'sample',
        process: member.name,
        ...numbers,
        ...(isDatabase && { connections }),
      })
    }
  }
  const timer = setInterval(() => void sample(), everyMs)
  void sample()
  const stop = (): void => {
    isStopped = true
    clearInterval(timer)
  }
  return { sample, stop }
}

/** @throws {Error} when it is gone */
async function readProcess(pid: number): Promise<Pick<SampleLine, 'rssKiB' | 'fds' | 'cpuMs'>> {
  const pages = readStat(pid)?.[21]
  const fds = (await readdir(`/proc/${pid}/fd`)).length
  return { rssKiB: Number(pages) * pageKiB, fds, cpuMs: cpuMsOf(pid) }
}
