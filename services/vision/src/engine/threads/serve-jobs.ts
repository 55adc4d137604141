import { AppError } from '@our-now/platform/errors/app-error.ts'
import { parentPort } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

/** The thread's side: says that it is ready, then answers each job. Only within a worker thread. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the pool sends to this file
export function serveJobs<Input>(hello: unknown, run: (input: Input) => Promise<unknown>): void {
  const port = parentPort
  if (port === null) throw new Error('this file is for a worker thread')
  // A thread's port is no window: it has no origin.
  const tell = (message: FromThread<unknown, unknown>): void => port.postMessage(message)
  const answer = async ({ jobId, input }: ToThread<Input>): Promise<void> => {
    try {
      tell({ kind: 'done', jobId, output: await run(input) })
    } catch (error) {
      const code = error instanceof AppError ? { code: error.code } : {}
      tell({
        kind: 'failed',
        jobId,
        ...code,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    }
  }
  // `answer` never rejects.
  port.on('message', (job: ToThread<Input>) => void answer(job))
  tell({ kind: 'ready', hello })
}
