import { AppError } from '@our-now/platform/errors/app-error.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { openPipeline, type Pipeline, type PipelineOptions } from './open-pipeline.ts'
import type { Task, ThreadMessage } from './thread-messages.ts'

/** A worker thread of the engine: looks at one picture after the other until it is ended from outside. */
if (parentPort === null) throw new Error('this file runs as a worker thread')
const port = parentPort
const tell = (message: ThreadMessage): void => port.postMessage(message)

async function work(pipeline: Pipeline, { id, file, options }: Task): Promise<void> {
  try {
    tell({ kind: 'done', id, analysis: await pipeline.analyse(file, options) })
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined
    tell({ kind: 'refused', id, code, reason: String(error) })
  }
}

try {
  /** True because only `createFaceEngine` starts this thread. */
  const pipeline = await openPipeline(workerData as PipelineOptions)
  /** True because only `createFaceEngine` writes to this port. */
  port.on('message', (task: Task) => void work(pipeline, task))
  tell({ kind: 'ready', backends: pipeline.backends })
} catch (error) {
  tell({ kind: 'unusable', reason: String(error) })
}
