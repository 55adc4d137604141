import { setTimeout as wait } from 'node:timers/promises'
import type { FaultLine } from '../history.ts'
import { doDeed } from './do-deed.ts'
import type { Fault } from './fault.ts'
import type { World } from './world.ts'

export interface RunFaultsDeps {
  readonly world: World
  readonly faults: readonly Fault[]
  /** How long from now until everything is undone, in ms. */
  readonly forMs: number
  readonly now: () => number
  readonly write: (line: FaultLine) => void
}

/** Does each fault at its time and undoes it when its time is over, at the latest at the end. Answers how many were done. */
export async function runFaults({ world, faults, forMs, now, write }: RunFaultsDeps): Promise<number> {
  const over = AbortSignal.timeout(forMs)
  const startMs = now()
  const results = await Promise.all(
    faults.map(async (fault) => {
      await wait(fault.atMs - (now() - startMs), undefined, { signal: over }).catch(() => undefined)
      if (over.aborted) return false
      return runFault(world, fault, over, now, write)
    }),
  )
  await wait(forMs, undefined, { signal: over }).catch(() => undefined)
  return results.filter(Boolean).length
}

async function runFault(
  world: World,
  fault: Fault,
  over: AbortSignal,
  now: () => number,
  write: (line: FaultLine) => void,
): Promise<boolean> {
  const line = { f: 'fault', fault: fault.id, kind: fault.kind, target: fault.target } as const
  const t = now()
  // Where it cannot be done (its target is down by another fault) it is none.
  const undo = await doDeed(world, fault).catch(() => undefined)
  if (undo === undefined) return false
  write({ ...line, t, type: 'start' })
  await wait(fault.lastsMs, undefined, { signal: over }).catch(() => undefined)
  await undo()
  write({ ...line, t: now(), type: 'stop' })
  return true
}
