import { createMemoryLeaseStore } from '@our-now/platform/lease-store/memory-lease-store.ts'
import { createFakeClock } from '@our-now/testkit/fake-clock.ts'
import { expect, test } from 'vitest'
import { createTries } from './tries.ts'

const policy = { maxTries: 3, lockMs: 60_000 }

function open() {
  const clock = createFakeClock()
  return { clock, tries: createTries(createMemoryLeaseStore({ clock }), policy) }
}

test('three failures lock a face, and after a while it is open again', async () => {
  const { clock, tries } = open()
  for (const left of [2, 1, 0]) expect((await tries.begin('ada'))?.triesLeft).toBe(left)
  expect(await tries.begin('ada')).toBeUndefined()
  expect(await tries.left('ada')).toBe(0)
  expect(await tries.left('ben')).toBe(3)
  clock.advance(policy.lockMs + 1)
  expect(await tries.left('ada')).toBe(3)
})

test('passing forgets the failures before; what was not looked at does not count', async () => {
  const { tries } = open()
  await tries.begin('ada')
  await (await tries.begin('ada'))?.withdraw()
  expect(await tries.left('ada')).toBe(2)
  await (await tries.begin('ada'))?.succeed()
  expect(await tries.left('ada')).toBe(3)
})

test('many at once do not slip through together', async () => {
  const { tries } = open()
  const begun = await Promise.all(Array.from({ length: 20 }, () => tries.begin('ada')))
  expect(begun.filter((attempt) => attempt !== undefined).length).toBeLessThanOrEqual(3)
})
