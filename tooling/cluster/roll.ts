import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster, Member } from './cluster.ts'

/** How one process went when it was asked to end, as a deployment asks. */
export interface Rolled {
  readonly name: Member['name']
  /** From SIGTERM to its end, in ms. */
  readonly drainMs: number
  /** From SIGTERM until it was ready again, in ms. */
  readonly awayMs: number
}

/** The order of a deployment: what others call first, the doors last. */
const order: readonly Member['kind'][] = ['auth', 'presence', 'vision', 'chat', 'media', 'gateway']
/** Between two of them, in ms: until callers and the balancer have seen that the last one is back. */
const pauseMs = 1_500

/** Restarts every service's processes, one after the other, each by SIGTERM. The cluster's keeper starts them again. */
export async function rollServices(cluster: Cluster): Promise<Rolled[]> {
  const rolled: Rolled[] = []
  for (const kind of order)
    for (const member of cluster.members.values()) {
      if (member.kind !== kind) continue
      rolled.push(await roll(member))
      await wait(pauseMs)
    }
  return rolled
}

async function roll(member: Member): Promise<Rolled> {
  const startMs = performance.now()
  const pid = member.pid()
  const isStillThere = (): boolean => pid !== undefined && member.pid() === pid
  member.signal('SIGTERM')
  while (isStillThere()) await wait(10)
  const drainMs = Math.round(performance.now() - startMs)
  await member.whenReady()
  return { name: member.name, drainMs, awayMs: Math.round(performance.now() - startMs) }
}
