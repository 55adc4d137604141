import { createTestLog } from '@our-now/testkit/test-log.ts'
import { afterEach, expect, test } from 'vitest'
import type { OddJob } from './test-threads/odd-thread.ts'
import { createThreadPool, type ThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

const file = new URL('./test-threads/odd-thread.ts', import.meta.url)
let pool: ThreadPool<OddJob, string, string> | undefined

async function open(different: Partial<ThreadPoolOptions> = {}): Promise<ThreadPool<OddJob, string, string>> {
  const usual = { file, data: undefined, threads: 1, queueLimit: 2, jobMs: 5_000, log: createTestLog() }
  return (pool = await createThreadPool({ ...usual, ...different }))
}

afterEach(() => pool?.close())

test('a job is answered, and a refusal keeps its code', async () => {
  const { run, hello } = await open()
  expect(hello).toBe('odd')
  await expect(run('answer')).resolves.toBe('answered')
  await expect(run('refuse')).rejects.toMatchObject({ code: 'image_unreadable' })
  await expect(run('throw')).rejects.toThrow('a bug')
})

test('a thread that dies is replaced, and its request is answered', async () => {
  const { run } = await open()
  const [died, next] = [run('die'), run('answer')]
  await expect(died).rejects.toMatchObject({ code: 'unavailable' })
  await expect(next).resolves.toBe('answered')
})

test('a thread that hangs is replaced, and its request is answered in time', async () => {
  const { run } = await open({ jobMs: 300 })
  await expect(run('hang')).rejects.toMatchObject({ code: 'timeout' })
  // The new thread may not be there before the first of these has waited long enough.
  await expect.poll(() => run('answer').catch(() => 'refused'), { timeout: 10_000 }).toBe('answered')
})

test('beyond the queue a job is refused at once', async () => {
  const { run } = await open()
  const slow = [run('never'), run('answer'), run('answer')].map((job) => job.catch(() => undefined))
  await expect(run('answer')).rejects.toMatchObject({ code: 'overloaded' })
  await pool?.close()
  await Promise.all(slow)
})

test('a job whose deadline passes while it waits is answered timeout, and leaves its place in the queue', async () => {
  const { run } = await open()
  const slow = run('never').catch(() => undefined)
  const late = [run('answer', performance.now() + 50), run('answer', performance.now() + 50)]
  for (const job of late) await expect(job).rejects.toMatchObject({ code: 'timeout' })
  const next = run('answer').catch(() => 'closed')
  await pool?.close()
  await expect(next).resolves.toBe('closed')
  await slow
})

test('a deadline that is over is refused without a thread', async () => {
  const { run } = await open()
  await expect(run('answer', performance.now() - 1)).rejects.toMatchObject({ code: 'timeout' })
})

test('what waits when the pool closes is answered', async () => {
  const { run, close } = await open()
  const jobs = [run('never'), run('answer')]
  const answers = Promise.allSettled(jobs)
  await close()
  for (const { status } of await answers) expect(status).toBe('rejected')
  await expect(run('answer')).rejects.toMatchObject({ code: 'unavailable' })
})
