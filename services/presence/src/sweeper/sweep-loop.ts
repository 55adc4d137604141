import type { Clock } from '@our-now/platform/clock/clock.ts'
import { createLoop } from '@our-now/platform/lifecycle/create-loop.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SoleOwner } from './sole-owner.ts'
import type { Sweeper } from './sweeper.ts'

interface SweepLoopDeps {
  readonly sweeper: Sweeper
  readonly owner: SoleOwner
  readonly clock: Clock
  readonly log: Logger
  readonly intervalMs: number
  /** How often everybody is looked at, in ms. */
  readonly fullIntervalMs: number
}

export interface SweepLoop {
  start(): void
  /** Sweeps now, or right after the sweep at hand. */
  nudge(): void
  /** Finishes the sweep at hand and hands over. Safe to call twice. */
  stop(): Promise<void>
}

/** Every gateway has renewed its leases within this, in ms. */
const renewedWithinMs = 30_000

/** Keeps one sweeper going among all replicas. What a failed sweep missed, the next one finds. */
export function createSweepLoop(deps: SweepLoopDeps): SweepLoop {
  const { sweeper, owner, clock, log, intervalMs, fullIntervalMs } = deps
  let isOwner = false
  let nextFullAt = 0

  const sweep = async (): Promise<void> => {
    const claim = await owner.claim()
    isOwner = claim.isOwner
    if (!isOwner) return
    if (claim.isNew) sweeper.forget()
    const now = clock.now()
    // Who is missing now is most likely there: they are not shown as gone before their gateway could speak again.
    if (claim.isForgotten) nextFullAt = now + renewedWithinMs
    if (!claim.isNew && now < nextFullAt) return sweeper.sweepChanged()
    await sweeper.sweepAll()
    nextFullAt = now + fullIntervalMs
  }
  const loop = createLoop({
    run: async () => {
      await sweep()
      return false
    },
    idleMs: intervalMs,
    onError: (error, failures) => log.warn({ err: error, failures }, 'presence sweep failed'),
  })
  return {
    start: () => loop.start(),
    nudge: () => loop.nudge(),
    stop: async () => {
      await loop.stop()
      if (!isOwner) return
      isOwner = false
      try {
        await sweeper.sweepChanged()
        await sweeper.writeShown()
        await owner.release()
      } catch (error) {
        // The next owner finds who has gone; its place is free when our lease ends.
        log.warn({ err: error }, 'presence not handed over')
      }
    },
  }
}
