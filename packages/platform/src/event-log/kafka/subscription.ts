import { setTimeout as wait } from 'node:timers/promises'
import { backoffMs, createLoop } from '../../lifecycle/create-loop.ts'
import type { Subscription } from '../event-log.ts'
import { isWorthTelling } from '../is-worth-telling.ts'
import { consume, type ConsumeDeps } from './consume.ts'
import { createTurns } from './in-turn.ts'
import type { LagReader, PartitionLag } from './lag.ts'
import { createPulse } from './pulse.ts'

export interface KafkaSubscription extends Subscription {
  /** As last read; empty before the first time. */
  lags(): readonly PartitionLag[]
}

interface SubscriptionDeps extends Omit<ConsumeDeps, 'turns' | 'member' | 'pulse'> {
  readonly lagReader: LagReader
  /** A consumer failed or hung and another one begins. */
  readonly onRestart: () => void
  /** Silence of a consumer that means that it hangs, in ms; 20 s. A fetch comes back twice a second. */
  readonly silentMs?: number
}

const lookEveryMs = 5_000
/** Longest wait before another consumer, in ms: events wait for the broker's return, and for this. */
const maxPauseMs = 1_000

/**
 * Reads for a group until it is closed: a consumer that fails is replaced, and so is one that has gone silent (kafkajs
 * may wait for ever after a connection broke) or that stands still while events wait.
 */
export function startKafkaSubscription(deps: SubscriptionDeps): KafkaSubscription {
  const { group, groupId, topics, log, lagReader, silentMs = 20_000 } = deps
  const closing = new AbortController()
  const turns = createTurns()
  const member = { id: undefined }
  let life = new AbortController()
  let lags: readonly PartitionLag[] = []
  const pulse = createPulse(silentMs)

  const consumeUntilClosed = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted;) {
      life = new AbortController()
      const startedAtMs = performance.now()
      pulse.reset()
      const signal = AbortSignal.any([closing.signal, life.signal])
      try {
        await consume({ ...deps, turns, member, pulse }, signal)
      } catch (error) {
        failures = performance.now() - startedAtMs > silentMs ? 1 : failures + 1
        const level = isWorthTelling(failures) ? 'warn' : 'debug'
        log[level]({ err: error, failures, group }, 'event log consumer failed and begins anew')
        await wait(backoffMs(failures, 100, maxPauseMs), undefined, { signal: closing.signal }).catch(
          () => undefined,
        )
      }
      if (!closing.signal.aborted) deps.onRestart()
    }
  }

  const watch = createLoop({
    run: async () => {
      lags = await lagReader.read(groupId, topics)
      const problem = turns.isBusy() ? undefined : pulse.findProblem(lags)
      if (problem === undefined) return false
      log.error({ group, problem }, 'event log consumer is replaced')
      life.abort()
      return false
    },
    idleMs: lookEveryMs,
    onError: (error, failures) => log.debug({ err: error, failures, group }, 'lag not read'),
  })
  watch.start()
  const consuming = consumeUntilClosed()

  return {
    lags: () => lags,
    close: async () => {
      closing.abort()
      await watch.stop()
      await consuming
      await turns.idle()
    },
  }
}
