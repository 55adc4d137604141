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
  for (const left of [2, 1, 0]) expect((await tries.begin('ada', 'sign-in'))?.triesLeft).toBe(left)
  expect(await tries.begin('ada', 'sign-in')).toBeUndefined()
  expect(await tries.left('ada', 'sign-in')).toBe(0)
  expect(await tries.left('ben', 'sign-in')).toBe(3)
  clock.advance(policy.lockMs + 1)
  expect(await tries.left('ada', 'sign-in')).toBe(3)
})

test('passing forgets the failures before, of its purpose alone; what was not looked at does not count', async () => {
  const { tries } = open()
  await tries.begin('ada', 'sign-in')
  await (await tries.begin('ada', 'sign-in'))?.withdraw()
  expect(await tries.left('ada', 'sign-in')).toBe(2)
  await (await tries.begin('ada', 'unlock'))?.succeed()
  expect(await tries.left('ada', 'sign-in')).toBe(2)
  await (await tries.begin('ada', 'sign-in'))?.succeed()
  expect(await tries.left('ada', 'sign-in')).toBe(3)
})

test('many at once do not slip through together', async () => {
  const { tries } = open()
  const begun = await Promise.all(Array.from({ length: 20 }, () => tries.begin('ada', 'sign-in')))
  expect(begun.filter((attempt) => attempt !== undefined).length).toBeLessThanOrEqual(3)
})
