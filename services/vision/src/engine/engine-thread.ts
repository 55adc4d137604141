import { AppError } from '@our-now/platform/errors/app-error.ts'
import { Worker } from 'node:worker_threads'
import type { FaceAnalysis, FaceEngine } from './face-engine.ts'
import type { PipelineOptions } from './open-pipeline.ts'
import type { Task, ThreadMessage } from './thread-messages.ts'

/** One worker thread with its models. */
export interface EngineThread {
  readonly backends: FaceEngine['backends']
  /**
   * One at a time.
   *
   * @throws {AppError} what the picture is refused with; timeout after `patienceMs`, unavailable when the thread died: not usable any more then
   */
  ask(task: Omit<Task, 'id'>, patienceMs: number): Promise<FaceAnalysis>
  isUsable(): boolean
  /** Resolves when it has ended, by whatever cause. */
  readonly gone: Promise<void>
  /** What it was doing is answered `unavailable`. */
  end(): Promise<void>
}

/** Memory of a thread's JavaScript, in MB: the models and pictures are outside of it. */
const mostHeapMb = 256

/** @throws {Error} when it cannot load what it needs */
export async function startThread(options: PipelineOptions): Promise<EngineThread> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
  })
  // A server that stops must not wait for it.
  worker.unref()
  let isUsable = true
  let lastId = 0
  let give: ((message: ThreadMessage | Error) => void) | undefined
  const fail = (error: Error): void => {
    isUsable = false
    give?.(error)
  }
  worker.on('message', (message: ThreadMessage) => give?.(message))
  worker.on('error', fail)
  const gone = new Promise<void>((resolve) =>
    worker.on('exit', (code) => {
      fail(new Error(`the thread ended with ${code}`))
      resolve()
    }),
  )
  const answer = (): Promise<ThreadMessage> =>
    new Promise((resolve, reject) => {
      give = (message) => (message instanceof Error ? reject(message) : resolve(message))
    })

  const first = await answer()
  if (first.kind !== 'ready') {
    await worker.terminate()
    throw new Error(first.kind === 'unusable' ? first.reason : 'the thread spoke before it was asked')
  }

  return {
    backends: first.backends,
    ask: async (task, patienceMs) => {
      const id = (lastId += 1)
      const answered = answer()
      const timer = setTimeout(() => {
        isUsable = false
        give?.(new AppError('timeout'))
      }, patienceMs)
      try {
        worker.postMessage({ ...task, id } satisfies Task)
        const message = await answered
        if (message.kind === 'done') return message.analysis
        if (message.kind === 'refused' && message.code !== undefined) throw new AppError(message.code)
        throw new Error(message.kind === 'refused' ? message.reason : 'the thread answered otherwise')
      } catch (error) {
        if (error instanceof AppError) throw error
        throw new AppError('unavailable', undefined, { cause: error })
      } finally {
        clearTimeout(timer)
        give = undefined
      }
    },
    isUsable: () => isUsable,
    gone,
    end: async () => {
      isUsable = false
      await worker.terminate()
    },
  }
}
