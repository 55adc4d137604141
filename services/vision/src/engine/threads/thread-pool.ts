import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { startThread, type Thread } from './start-thread.ts'

export interface ThreadPoolOptions {
  readonly file: URL
  readonly data: unknown
  readonly threads: number
  /** Jobs that may wait for a thread; one more is refused. */
  readonly queueLimit: number
  /** Nobody waits longer, in ms; and a thread that works longer on one job is replaced. */
  readonly jobMs: number
  readonly log: Logger
}

export interface ThreadPool<Input, Output, Hello> {
  /** What the first thread said of itself. */
  readonly hello: Hello
  /**
   * @param deadlineAtMs  By the clock of `performance.now()`
   * @throws {AppError} overloaded, timeout, unavailable (the thread died of it), and what the job is refused with
   */
  run(input: Input, deadlineAtMs?: number): Promise<Output>
  /** Ends the threads; what is not answered yet is answered `unavailable`. */
  close(): Promise<void>
}

interface Job<Input, Output> {
  readonly input: Input
  readonly deadlineAtMs: number
  readonly answer: PromiseWithResolvers<Output>
}

const startMs = 60_000
const restartMs = 500
const longestRestartMs = 30_000

/** @throws {Error} when a thread cannot start at all */
export async function createThreadPool<Input, Output, Hello>(
  options: ThreadPoolOptions,
): Promise<ThreadPool<Input, Output, Hello>> {
  const { file, data, queueLimit, jobMs, log } = options
  const waiting: Job<Input, Output>[] = []
  const idle: Thread<Input, Output, Hello>[] = []
  const alive = new Set<Thread<Input, Output, Hello>>()
  const closed = new AbortController()

  const open = () => startThread<Input, Output, Hello>({ file, data, startMs })

  const adopt = (thread: Thread<Input, Output, Hello>): void => {
    if (closed.signal.aborted) return thread.end()
    alive.add(thread)
    void thread.ended.then(() => replace(thread))
    offer(thread)
  }
  const offer = (thread: Thread<Input, Output, Hello>): void => {
    if (!thread.isUsable()) return
    const job = waiting.shift()
    if (job === undefined) idle.push(thread)
    // It never rejects: the job's answer does.
    else void work(thread, job)
  }
  const takeIdle = (): Thread<Input, Output, Hello> | undefined => {
    const thread = idle.pop()
    return thread === undefined || thread.isUsable() ? thread : takeIdle()
  }
  const work = async (thread: Thread<Input, Output, Hello>, job: Job<Input, Output>): Promise<void> => {
    const hung = setTimeout(() => {
      log.error({ jobMs }, 'a thread hangs and is replaced')
      job.answer.reject(new AppError('timeout'))
      thread.end()
    }, jobMs)
    try {
      job.answer.resolve(await thread.run(job.input))
    } catch (error) {
      job.answer.reject(error)
    } finally {
      clearTimeout(hung)
      offer(thread)
    }
  }
  const replace = async (lost: Thread<Input, Output, Hello>): Promise<void> => {
    alive.delete(lost)
    const place = idle.indexOf(lost)
    if (place >= 0) idle.splice(place, 1)
    for (
      let pauseMs = 0;
      !closed.signal.aborted;
      pauseMs = Math.min(longestRestartMs, pauseMs * 2 || restartMs)
    ) {
      // Ended early by `close`.
      await wait(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined)
      if (closed.signal.aborted) return
      try {
        adopt(await open())
        return log.warn('a lost thread was replaced')
      } catch (error) {
        log.error({ err: error }, 'a lost thread could not be replaced; trying again')
      }
    }
  }
  /** Answered in time, whatever becomes of the work. */
  const withDeadline = async (job: Job<Input, Output>): Promise<Output> => {
    const leftMs = Math.max(0, job.deadlineAtMs - performance.now())
    const timer = setTimeout(() => {
      const place = waiting.indexOf(job)
      if (place >= 0) waiting.splice(place, 1)
      job.answer.reject(new AppError('timeout'))
    }, leftMs)
    return job.answer.promise.finally(() => clearTimeout(timer))
  }

  const first = await open()
  adopt(first)
  try {
    for (let count = 1; count < options.threads; count += 1) adopt(await open())
  } catch (error) {
    closed.abort()
    for (const thread of alive) thread.end()
    throw error
  }

  return {
    hello: first.hello,
    run: (input, deadlineAtMs = Infinity) => {
      if (closed.signal.aborted) return Promise.reject(new AppError('unavailable'))
      if (deadlineAtMs <= performance.now()) return Promise.reject(new AppError('timeout'))
      const thread = takeIdle()
      if (thread === undefined && waiting.length >= queueLimit)
        return Promise.reject(new AppError('overloaded'))
      const answer = Promise.withResolvers<Output>()
      const job = { input, answer, deadlineAtMs: Math.min(deadlineAtMs, performance.now() + jobMs) }
      // It never rejects: the job's answer does.
      if (thread) void work(thread, job)
      else waiting.push(job)
      return withDeadline(job)
    },
    close: async () => {
      closed.abort()
      for (const job of waiting.splice(0)) job.answer.reject(new AppError('unavailable'))
      const ends = [...alive].map((thread) => thread.ended)
      for (const thread of alive) thread.end()
      await Promise.all(ends)
    },
  }
}
