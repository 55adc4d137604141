import type { Logger } from '@our-now/platform/logging/logger.ts'
import { availableParallelism } from 'node:os'
import { checkEmbedders } from './check-embedders.ts'
import type { FaceAnalysis, FaceEngine } from './face-engine.ts'
import type { LookJob } from './face-thread.ts'
import type { EngineChoice } from './load-models.ts'
import { createThreadPool } from './threads/thread-pool.ts'

export interface FaceEngineOptions {
  readonly log: Logger
  /** 0: one for each core. */
  readonly threads: number
  /** Pictures that may wait for a thread; one more is refused `overloaded`. */
  readonly mostWaiting: number
  /** Nobody waits longer, and a thread that works longer on one picture is replaced, in ms. Default 10,000. */
  readonly patienceMs?: number
  /** Instead of the fastest that loads. */
  readonly choice?: EngineChoice
}

/** Another model, another alignment or another average: another id. */
const modelId = 'dlib-resnet34-mirror/1'

/**
 * The engine in threads of its own; ready when it resolves, after a second or two.
 *
 * @throws {Error} when no engine loads, or ONNX Runtime answers otherwise than TensorFlow.js
 */
export async function createFaceEngine(options: FaceEngineOptions): Promise<FaceEngine> {
  const { log, mostWaiting, patienceMs = 10_000, choice = {} } = options
  const threads = options.threads || availableParallelism()
  const setup = await checkEmbedders(choice, log)
  const pool = await createThreadPool<LookJob, FaceAnalysis, FaceEngine['backends']>({
    file: new URL('./face-thread.ts', import.meta.url),
    data: setup,
    threads,
    queueLimit: mostWaiting,
    jobMs: patienceMs,
    log,
  })
  log.info({ ...pool.hello, threads, modelId }, 'the face engine is ready')
  return {
    modelId,
    backends: pool.hello,
    analyse: (file, { kind, isEmbedded, deadlineAtMs }) =>
      pool.run({ file, options: { kind, isEmbedded } }, deadlineAtMs),
    close: () => pool.close(),
  }
}
