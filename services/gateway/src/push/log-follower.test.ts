import { createLogger } from '@our-now/platform/logging/logger.ts'
import { array, assert, asyncProperty, integer, record } from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createLogFollower, type LogFollower } from './log-follower.ts'

interface Event {
  readonly seq: number
}

const seqs = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)
const events = (...list: number[]): Event[] => list.map((seq) => ({ seq }))

/** A log of `head()` events behind a follower that keeps what it forwards. */
function follow(head: () => number, read?: (afterSeq: number) => Promise<void>) {
  const forwarded: number[] = []
  const skips: number[] = []
  let reads = 0
  const follower = createLogFollower<Event>({
    name: 'test',
    seqOf: ({ seq }) => seq,
    read: async (_key, afterSeq) => {
      reads += 1
      await read?.(afterSeq)
      return { head: head(), events: events(...seqs(afterSeq + 1, Math.min(head(), afterSeq + 500))) }
    },
    forward: (_key, { seq }) => forwarded.push(seq),
    skipTo: (_key, to) => skips.push(to),
    log: createLogger('silent'),
  })
  follower.track('a', 0)
  opened.push(follower)
  return { follower, forwarded, skips, reads: () => reads }
}
const opened: LogFollower<Event>[] = []
afterEach(() => {
  for (const follower of opened.splice(0)) follower.stop()
})

test('what comes in order goes on at once', () => {
  const { follower, forwarded } = follow(() => 3)
  follower.note('a', events(1))
  follower.note('a', events(2, 3))
  expect(forwarded).toEqual([1, 2, 3])
})

test('doubled and late events are dropped', () => {
  const { follower, forwarded } = follow(() => 3)
  follower.note('a', events(1, 1, 2))
  follower.note('a', events(1, 2, 3, 2))
  expect(forwarded).toEqual([1, 2, 3])
})

test('events that overtook each other are put in order without a read', async () => {
  const { follower, forwarded, reads } = follow(() => 4)
  follower.note('a', events(3, 2))
  follower.note('a', events(4))
  follower.note('a', events(1))
  expect(forwarded).toEqual([1, 2, 3, 4])
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(reads()).toBe(0)
})

test('a hole is read once, however many events come after it', async () => {
  const { follower, forwarded, reads } = follow(() => 20)
  follower.note('a', events(1))
  for (const seq of seqs(3, 20)) follower.note('a', events(seq))
  await expect.poll(() => forwarded).toEqual(seqs(1, 20))
  expect(reads()).toBe(1)
})

test('a lost tail is found by its head', async () => {
  const { follower, forwarded } = follow(() => 5)
  follower.note('a', events(1, 2))
  follower.noteHead('a', 5)
  await expect.poll(() => forwarded).toEqual([1, 2, 3, 4, 5])
})

test('a read that fails is tried again', async () => {
  let failures = 2
  const { follower, forwarded } = follow(
    () => 3,
    async () => {
      if (failures-- > 0) throw new Error('away')
    },
  )
  follower.noteHead('a', 3)
  await expect.poll(() => forwarded, { timeout: 5_000 }).toEqual([1, 2, 3])
})

test('too much missed is skipped and told', async () => {
  const { follower, forwarded, skips } = follow(() => 5_000)
  follower.note('a', events(1))
  follower.noteHead('a', 5_000)
  await expect.poll(() => skips).toEqual([5_000])
  follower.note('a', events(5_001))
  expect(forwarded).toEqual([1, 5_001])
})

test('a head that was never committed is forgotten', async () => {
  const { follower, forwarded, reads } = follow(() => 2)
  follower.noteHead('a', 9)
  await expect.poll(() => forwarded).toEqual([1, 2])
  await expect.poll(reads).toBe(2)
  follower.note('a', events(3))
  expect(forwarded).toEqual([1, 2, 3])
})

test('a log that was restored is followed on from its lower head', async () => {
  let committed = 9
  const { follower, forwarded, skips } = follow(() => committed)
  follower.note('a', events(...seqs(1, 9)))
  committed = 4
  follower.compare('a', 4)
  await expect.poll(() => skips).toEqual([4])
  follower.note('a', events(5))
  expect(forwarded).toEqual([...seqs(1, 9), 5])
})

test('a push of a seq that was forwarded long ago makes it look whether the log was restored', async () => {
  let committed = 9
  const { follower, forwarded, skips } = follow(() => committed)
  follower.note('a', events(...seqs(1, 9)))
  committed = 5
  follower.note('a', events(5))
  await expect.poll(() => skips).toEqual([5])
  follower.note('a', events(6))
  expect(forwarded).toEqual([...seqs(1, 9), 6])
})

test('a head that was overtaken by pushes changes nothing', async () => {
  const { follower, forwarded, skips, reads } = follow(() => 3)
  follower.note('a', events(1, 2, 3))
  follower.compare('a', 2)
  await expect.poll(reads).toBe(1)
  follower.note('a', events(4))
  expect([forwarded, skips]).toEqual([seqs(1, 4), []])
})

test('a head heard of at any moment of a repair is not forgotten', async () => {
  for (let hops = 0; hops < 12; hops++) {
    let committed = 1
    let reads = 0
    const { follower, forwarded } = follow(
      () => committed,
      async () => {
        if ((reads += 1) > 1) return
        let later = Promise.resolve()
        for (let hop = 0; hop < hops; hop++) later = later.then(() => undefined)
        void later.then(() => follower.noteHead('a', (committed = 2)))
      },
    )
    follower.noteHead('a', 1)
    await expect.poll(() => forwarded, { interval: 5 }).toEqual([1, 2])
  }
})

test('a log that is not followed any more costs nothing', async () => {
  const { follower, forwarded, reads } = follow(() => 9)
  follower.noteHead('a', 9)
  follower.untrack('a')
  follower.note('a', events(1))
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect([forwarded, reads()]).toEqual([[], 0])
})

test('whatever is lost, doubled or overtaken, every event is forwarded once and in order', async () => {
  await assert(
    asyncProperty(
      array(record({ copies: integer({ min: 0, max: 2 }), delay: integer({ min: 0, max: 6 }) }), {
        minLength: 1,
        maxLength: 60,
      }),
      async (fates) => {
        let committed = 0
        const { follower, forwarded } = follow(() => committed)
        const pushes = fates.flatMap(({ copies, delay }, at) =>
          Array.from({ length: copies }, (_, copy) => ({ seq: at + 1, at: at + delay * (copy + 1) })),
        )
        for (let step = 0; step < fates.length + 20; step++) {
          committed = Math.min(fates.length, step + 1)
          const due = pushes.filter(({ at }) => at === step).map(({ seq }) => seq)
          follower.note('a', events(...due.filter((seq) => seq <= committed)))
          if (step % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
        }
        follower.noteHead('a', committed)
        await expect.poll(() => forwarded.length, { interval: 2 }).toBe(fates.length)
        expect(forwarded).toEqual(seqs(1, fates.length))
        follower.stop()
      },
    ),
    { numRuns: 40 },
  )
})
