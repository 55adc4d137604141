import { expect, test } from 'vitest'
import { createStopper } from './stopper.ts'

test('what was started last stops first, once, and a failure stops nothing', async () => {
  const stopped: string[] = []
  const stopper = createStopper()
  stopper.push(async () => void stopped.push('database'))
  stopper.push(async () => {
    throw new Error('stuck')
  })
  stopper.push(async () => void stopped.push('gateway'))
  await expect(stopper.stop()).rejects.toThrow('not everything stopped cleanly')
  await expect(stopper.stop()).rejects.toThrow('not everything stopped cleanly')
  expect(stopped).toEqual(['gateway', 'database'])
})
