import { AppError } from '@our-now/platform/errors/app-error.ts'

/** What the worker does not take is the client's mistake: mediasoup says so by a TypeError or a plain error. */
export async function refusedByWorker<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // A place at another node has said more.
    if (error instanceof AppError) throw error
    throw new AppError('invalid_request', 'The call does not take these media parameters.', { cause: error })
  }
}
