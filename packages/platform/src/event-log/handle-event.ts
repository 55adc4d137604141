import { errorCodes } from '@our-now/contracts/errors.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../errors/app-error.ts'
import { backoffMs } from '../lifecycle/create-loop.ts'
import type { Logger } from '../logging/logger.ts'
import type { EventHandlers, LoggedEvent } from './event-log.ts'

export interface RetryPolicy {
  /** Tries of an event whose handler has a bug; 6. */
  readonly attempts: number
  /** How long an event is tried whose handler finds something unavailable, in ms; 5 minutes. */
  readonly patienceMs: number
  /** Waits grow from this, with jitter, up to `maxWaitMs`; 100 ms and 5 s. */
  readonly firstWaitMs: number
  readonly maxWaitMs: number
}

export const defaultRetry: RetryPolicy = {
  attempts: 6,
  patienceMs: 5 * 60_000,
  firstWaitMs: 100,
  maxWaitMs: 5_000,
}

export type Handled =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'failed'; readonly error: unknown; readonly attempts: number }
  /** Ended before it was done: the event comes again. */
  | { readonly outcome: 'ended' }

export interface HandleEventDeps {
  readonly handlers: EventHandlers
  readonly retry: RetryPolicy
  readonly log: Logger
  /** Ends the waits between tries. */
  readonly signal: AbortSignal
}

/**
 * Gives one event to its handler until it is done or given up. A refusal that trying again cannot change (an AppError
 * that is not retryable) is logged and counts as done.
 */
export async function handleEvent(event: LoggedEvent, deps: HandleEventDeps): Promise<Handled> {
  /** True because the table is typed by event: the handler under a type takes events of that type. */
  const handler = deps.handlers[event.type] as ((event: LoggedEvent) => Promise<void>) | undefined
  if (handler === undefined) return { outcome: 'done' }
  const { retry, log, signal } = deps
  const startedAt = performance.now()
  for (let attempts = 1; ; attempts++) {
    if (signal.aborted) return { outcome: 'ended' }
    try {
      await handler(event)
      return { outcome: 'done' }
    } catch (error) {
      const kind = kindOf(error)
      if (kind === 'refused') {
        log.warn({ err: error, type: event.type, key: event.key }, 'event refused by its handler')
        return { outcome: 'done' }
      }
      const isGivenUp =
        kind === 'unavailable'
          ? performance.now() - startedAt >= retry.patienceMs
          : attempts >= retry.attempts
      if (isGivenUp) return { outcome: 'failed', error, attempts }
      log.warn({ err: error, type: event.type, key: event.key, attempts }, 'event is tried again')
      await wait(backoffMs(attempts, retry.firstWaitMs, retry.maxWaitMs), undefined, { signal }).catch(
        () => undefined,
      )
    }
  }
}

function kindOf(error: unknown): 'refused' | 'unavailable' | 'bug' {
  if (!(error instanceof AppError) || error.code === 'internal') return 'bug'
  return errorCodes[error.code].retryable ? 'unavailable' : 'refused'
}
