import { AppError } from '@our-now/platform/errors/app-error.ts'
import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

export interface ThreadOptions {
  readonly file: URL
  /** Handed to the thread as its `workerData`. */
  readonly data: unknown
  readonly startMs: number
}

/** One thread; it does one job at a time. */
export interface Thread<Input, Output, Hello> {
  readonly hello: Hello
  /** One after another. Rejects with what the job failed with, or with `unavailable` when the thread ends before its answer. */
  run(input: Input): Promise<Output>
  /** False from the moment that it ended, or was told to. */
  isUsable(): boolean
  /** Also in the middle of a job, however busy the thread is. */
  end(): void
  /** Resolves once, when the thread is no more. */
  readonly ended: Promise<void>
}

/** Of JavaScript objects alone; pixels and tensors are bounded by what the decoder lets through. */
const resourceLimits = { maxOldGenerationSizeMb: 256 }

/** Resolves when the thread says that it is ready. @throws {Error} when it ends before, or does not say so in `startMs` */
export async function startThread<Input, Output, Hello>({
  file,
  data,
  startMs,
}: ThreadOptions): Promise<Thread<Input, Output, Hello>> {
  const worker = new Worker(file, { workerData: data, resourceLimits })
  const started = Promise.withResolvers<Hello>()
  const ended = Promise.withResolvers<void>()
  let job: { jobId: number; answer: PromiseWithResolvers<Output> } | undefined
  let lastJobId = 0
  let isUsable = true
  worker.on('message', (message: FromThread<Hello, Output>) => {
    if (message.kind === 'ready') return started.resolve(message.hello)
    if (message.jobId !== job?.jobId) return
    const { answer } = job
    job = undefined
    if (message.kind === 'done') answer.resolve(message.output)
    else answer.reject(message.code === undefined ? new Error(message.message) : new AppError(message.code))
  })
  const lose = (cause: unknown): void => {
    isUsable = false
    started.reject(new Error('a thread could not start', { cause }))
    job?.answer.reject(new AppError('unavailable', undefined, { cause }))
    job = undefined
    ended.resolve()
  }
  worker.once('error', lose)
  worker.once('exit', (code) => lose(new Error(`the thread ended with ${code}`)))
  const startTimer = setTimeout(() => {
    lose(new Error(`the thread was not ready after ${startMs} ms`))
    void worker.terminate()
  }, startMs)
  const hello = await started.promise.finally(() => clearTimeout(startTimer))
  return {
    hello,
    run: (input) => {
      const jobId = (lastJobId += 1)
      const answer = Promise.withResolvers<Output>()
      job = { jobId, answer }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
      worker.postMessage({ jobId, input } satisfies ToThread<Input>)
      return answer.promise
    },
    isUsable: () => isUsable,
    end: () => {
      isUsable = false
      // What it resolves with is the exit code, which nobody needs: `ended` tells.
      void worker.terminate()
    },
    ended: ended.promise,
  }
}
