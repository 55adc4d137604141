import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { expect, test } from 'vitest'
import { createPulse } from './pulse.ts'

const silentMs = 100
const behind = [{ topic: 't', partition: 1, lag: 5 }]

test('a consumer that fetches nothing is told', async () => {
  const pulse = createPulse(silentMs)
  expect(pulse.findProblem([])).toBeUndefined()
  await waitUntil(() => pulse.findProblem([]) === 'it fetches nothing')
  pulse.reset()
  expect(pulse.findProblem([])).toBeUndefined()
})

test('one that fetches and yet stands still is told, but only for its own partitions', async () => {
  const [mine, others] = [createPulse(silentMs), createPulse(silentMs)]
  mine.onAssigned({ t: [1] })
  others.onAssigned({ t: [0] })
  const findProblem = (pulse: typeof mine) => {
    pulse.onFetched()
    return pulse.findProblem(behind)
  }
  await waitUntil(() => {
    expect(findProblem(others)).toBeUndefined()
    return findProblem(mine) === 'it stands still though events wait'
  })
  mine.onHandled()
  expect(findProblem(mine)).toBeUndefined()
})
