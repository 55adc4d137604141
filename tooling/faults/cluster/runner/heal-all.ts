import { askDatabase } from '../nemeses/ask-servers.ts'
import type { FaultCluster } from './start-fault-cluster.ts'

const readyWithinMs = 60_000

/** Whatever is still amiss is set right; resolves when every member is ready. */
export async function healAll({ cluster, world }: FaultCluster): Promise<void> {
  world.passAll()
  for (const member of cluster.members.values()) {
    member.signal('SIGCONT')
    if (member.kind === 'chat') world.shiftClock(member.name, 0)
  }
  const late = AbortSignal.timeout(readyWithinMs)
  const tooLate = new Promise<never>((_, reject) =>
    late.addEventListener('abort', () =>
      reject(
        new Error(
          `not ready again: ${[...cluster.members.values()]
            .filter((one) => one.state() !== 'ready')
            .map(({ name }) => name)
            .join(', ')}`,
        ),
      ),
    ),
  )
  tooLate.catch(() => undefined)
  await Promise.race([Promise.all([...cluster.members.values()].map((one) => one.whenReady())), tooLate])
  await askDatabase(cluster.databaseUrl('chat'), 'SELECT 1')
}
