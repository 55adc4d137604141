import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { availableParallelism } from 'node:os'
import type { AnalyseOptions, FaceAnalysis, FaceEngine } from './face-engine.ts'
import { startThread, type EngineThread } from './engine-thread.ts'
import type { PipelineOptions } from './open-pipeline.ts'

export interface FaceEngineOptions {
  /** Worker threads; 0 or absent: one for each core. */
  readonly threads?: number
  /** Pictures that may wait for a thread; beyond: overloaded. */
  readonly mostWaiting: number
  /** A picture that a thread has worked on for longer ends the thread, in ms; 10 000. */
  readonly patienceMs?: number
  readonly pipeline?: PipelineOptions
  readonly log: Logger
}

/** What `modelId` says changes whenever embeddings would no longer compare: the weights, the alignment, the mirror. */
const modelId = 'dlib-resnet34-mirror/1'

interface Waiting {
  readonly file: Uint8Array
  readonly options: AnalyseOptions
  readonly resolve: (analysis: FaceAnalysis) => void
  readonly reject: (error: unknown) => void
}

/**
 * The face engine on worker threads. A thread that dies or hangs is replaced, and its picture answered `unavailable` or `timeout`: whoever
 * asks waits at most 10 s, and never for a thread that is gone.
 *
 * @throws {Error} when the first thread cannot be made ready: models are missing, or no backend loads
 */
export async function createFaceEngine(options: FaceEngineOptions): Promise<FaceEngine> {
  const { mostWaiting, patienceMs = 10_000, log } = options
  const count = options.threads || availableParallelism()
  const threads = new Set<EngineThread>()
  const idle: EngineThread[] = []
  const queue: Waiting[] = []
  let isClosed = false

  async function add(): Promise<EngineThread> {
    const thread = await startThread(options.pipeline ?? {})
    if (isClosed) {
      await thread.end()
      throw new Error('the engine was closed')
    }
    threads.add(thread)
    idle.push(thread)
    // One that dies at work is replaced by whoever waits for its answer.
    void thread.gone.then(() => idle.includes(thread) && replace(thread))
    next()
    return thread
  }

  /** One that is gone is followed by another; while none can be started, what waits ends by its deadline. */
  function replace(thread: EngineThread): void {
    threads.delete(thread)
    void thread.end()
    const at = idle.indexOf(thread)
    if (at >= 0) idle.splice(at, 1)
    if (!isClosed) startAgain(100)
  }
  function startAgain(afterMs: number): void {
    setTimeout(() => {
      if (isClosed) return
      add().catch((error: unknown) => {
        log.error({ err: error }, 'no thread of the face engine could be started')
        if (!isClosed) startAgain(Math.min(10_000, afterMs * 2))
      })
    }, afterMs).unref()
  }

  function next(): void {
    while (idle.length > 0 && queue.length > 0) {
      const [thread, waiting] = [idle.pop(), queue.shift()]
      if (thread !== undefined && waiting !== undefined) void run(thread, waiting)
    }
  }

  async function run(thread: EngineThread, { file, options: asked, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await thread.ask({ file, options: { kind: asked.kind, isEmbedded: asked.isEmbedded } }, patienceMs))
      if (threads.has(thread)) idle.push(thread)
    } catch (error) {
      reject(error)
      if (thread.isUsable()) idle.push(thread)
      else {
        log.warn({ err: error }, 'a thread of the face engine is replaced')
        replace(thread)
      }
    }
    next()
  }

  const first = await add()
  log.info({ ...first.backends, modelId, threads: count }, 'face engine ready')
  for (let more = 1; more < count; more += 1) startAgain(0)

  return {
    modelId,
    backends: first.backends,
    analyse: (file, asked) => {
      if (isClosed) return Promise.reject(new AppError('unavailable'))
      if (queue.length >= mostWaiting)
        return Promise.reject(new AppError('overloaded', undefined, { retryAfterMs: 1_000 }))
      const { promise, resolve, reject } = Promise.withResolvers<FaceAnalysis>()
      const waiting: Waiting = { file, options: asked, resolve, reject }
      queue.push(waiting)
      const leftMs = Math.min(patienceMs, (asked.deadlineAtMs ?? Infinity) - performance.now())
      const timer = setTimeout(() => {
        const at = queue.indexOf(waiting)
        if (at >= 0) queue.splice(at, 1)
        reject(new AppError('timeout'))
      }, leftMs)
      next()
      return promise.finally(() => clearTimeout(timer))
    },
    close: async () => {
      isClosed = true
      for (const { reject } of queue.splice(0)) reject(new AppError('unavailable'))
      await Promise.all([...threads].map((thread) => thread.end()))
    },
  }
}
