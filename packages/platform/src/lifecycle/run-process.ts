import { ConfigError } from '../config/config-error.ts'
import type { Logger } from '../logging/logger.ts'
import { createScope, type Scope } from './create-scope.ts'

/** A process that has not stopped by then is ended, in ms. */
const defaultStopWithinMs = 15_000
/** What still runs after everything was closed is a leak; it may not keep the process, in ms. */
const leakGraceMs = 2_000

/** What `main` may say about the process that it starts. */
export interface ProcessScope extends Scope {
  /** Stopping may take this long, in ms; 15 000 where unsaid. */
  stopWithin(ms: number): void
}

/**
 * The life of a process: runs `main`, which opens and starts things in `scope`, and then lives until a signal
 * (SIGINT, SIGTERM) or a bug (an error nobody caught: exit code 1). Then everything stops in the reverse order, once.
 * A second signal ends it at once. A ConfigError is told as its one sentence, without a stack.
 */
export async function runProcess(log: Logger, main: (scope: ProcessScope) => Promise<void>): Promise<void> {
  const scope = createScope()
  let stopWithinMs = defaultStopWithinMs
  const starting = Promise.withResolvers<undefined>()
  let isStopping = false

  const stop = async (exitCode: number): Promise<void> => {
    // The worst reason wins, also when it comes second.
    process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0))
    if (isStopping) return
    isStopping = true
    const tooLate = setTimeout(() => {
      log.fatal('not stopped in time')
      process.exit(1)
    }, stopWithinMs).unref()
    await starting.promise
    try {
      await scope.stop()
    } catch (error) {
      log.error({ err: error }, 'not everything closed')
      process.exitCode = 1
    }
    clearTimeout(tooLate)
    setTimeout(() => {
      log.warn({ active: process.getActiveResourcesInfo() }, 'something still runs after the stop')
      process.exit()
    }, leakGraceMs).unref()
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1)
    log.info({ signal }, 'stopping')
    void stop(0)
  }
  const onBug = (error: unknown): void => {
    log.fatal({ err: error }, 'nobody caught this')
    void stop(1)
  }

  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('unhandledRejection', onBug)
  process.on('uncaughtException', onBug)
  try {
    await main({ ...scope, stopWithin: (ms) => (stopWithinMs = ms) })
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`)
    else log.fatal({ err: error }, 'could not start')
    void stop(1)
  } finally {
    starting.resolve(undefined)
  }
}
