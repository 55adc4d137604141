import { readFile, readdir } from 'node:fs/promises'
import type { Cluster } from '../../../cluster/cluster.ts'
import type { SampleLine } from '../history.ts'
import { askDatabase } from '../nemeses/ask-servers.ts'

const pageKiB = 4
/** The kernel counts processor time in hundredths of a second on every Linux that we run on. */
const msPerTick = 10
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
  async function sample(): Promise<void> {
    const rows = await askDatabase(cluster.databaseUrl('chat'), "SHOW STATUS LIKE 'Threads_connected'").catch(
      () => [],
    )
    const connections = Number(rows[0]?.['Value'])
    for (const member of cluster.members.values()) {
      const pid = member.pid()
      const numbers = pid === undefined ? undefined : await readProcess(pid).catch(() => undefined)
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
  return { sample, stop: () => clearInterval(timer) }
}

async function readProcess(pid: number): Promise<Pick<SampleLine, 'rssKiB' | 'fds' | 'cpuMs'>> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // After the name in brackets: the numbers of proc(5) from the third on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [userTicks = 0, systemTicks = 0] = fields.slice(11, 13).map(Number)
  const fds = (await readdir(`/proc/${pid}/fd`)).length
  return {
    rssKiB: Number(fields[21]) * pageKiB,
    fds,
    cpuMs: (userTicks + systemTicks) * msPerTick,
  }
}
