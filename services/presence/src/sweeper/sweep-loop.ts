import type { Clock } from '@our-now/platform/clock/clock.ts'
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
  /** Sweeps now, after a sweep at hand. */
  nudge(): void
  /** Finishes the sweep at hand and hands over. Safe to call twice. */
  stop(): Promise<void>
}

/** Keeps one sweeper going among all replicas. A sweep that fails is warned of and made up for by the next. */
export function createSweepLoop(deps: SweepLoopDeps): SweepLoop {
  const { sweeper, owner, clock, log, intervalMs, fullIntervalMs } = deps
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isNudged = false
  let isOwner = false
  let nextFullAt = 0

  const sweepOnce = async (): Promise<void> => {
    const claim = await owner.claim()
    isOwner = claim.isOwner
    if (!isOwner) return
    if (claim.isNew) sweeper.forget()
    const now = clock.now()
    if (!claim.isNew && now < nextFullAt) return sweeper.sweepChanged()
    await sweeper.sweepAll()
    nextFullAt = now + fullIntervalMs
  }
  const run = async (): Promise<void> => {
    do {
      isNudged = false
      await sweepOnce().catch((error: unknown) =>
        log.warn({ err: error }, 'presence sweep failed, next time again'),
      )
    } while (isNudged && timer !== undefined)
    running = undefined
  }
  const tick = (): void => {
    if (timer !== undefined) running ??= run()
  }
  return {
    start: () => {
      timer ??= setInterval(tick, intervalMs).unref()
      tick()
    },
    nudge: () => {
      isNudged = true
      tick()
    },
    stop: async () => {
      clearInterval(timer)
      timer = undefined
      await running
      if (!isOwner) return
      isOwner = false
      await sweeper.writeShown()
      await owner.release()
    },
  }
}
