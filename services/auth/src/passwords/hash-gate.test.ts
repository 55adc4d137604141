import { expect, test } from 'vitest'
import { createGate } from './hash-gate.ts'

test('a few work at once, some wait their turn, one more is refused', async () => {
  const gate = createGate({ concurrency: 2, maxWaiting: 1 })
  const works = [1, 2, 3].map(() => Promise.withResolvers<void>())
  let begun = 0
  const results = works.map((work) =>
    gate(async () => {
      begun += 1
      await work.promise
      return begun
    }),
  )
  await expect(gate(async () => 0)).rejects.toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 })
  expect(begun).toBe(2)
  for (const work of works) work.resolve()
  await Promise.all(results)
  expect(begun).toBe(3)
})

test('work that fails makes room for the next', async () => {
  const gate = createGate({ concurrency: 1, maxWaiting: 1 })
  const failing = gate(async () => Promise.reject(new Error('no')))
  const next = gate(async () => 'done')
  await expect(failing).rejects.toThrow('no')
  await expect(next).resolves.toBe('done')
})
