import { AppError } from '@our-now/platform/errors/app-error.ts'
import { serveJobs } from '../serve-jobs.ts'

export type OddJob = 'answer' | 'refuse' | 'throw' | 'die' | 'hang' | 'never'

/** A thread for tests: it does what it is told, also what no thread should. */
serveJobs<OddJob>('odd', (job) => {
  if (job === 'refuse') throw new AppError('image_unreadable')
  if (job === 'throw') throw new Error('a bug')
  if (job === 'die') process.exit(3)
  // A native call that does not return looks like this from outside.
  if (job === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (job === 'never') return Promise.withResolvers<string>().promise
  return Promise.resolve('answered')
})
