import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { expect, test } from 'vitest'
import { runMany } from '../runner/run-many.ts'
import type { RunResult } from '../runner/run-result.ts'

/** The short selection of DELIVERY's campaign; `npm run campaign` is the whole. */
const seeds = [1, 2, 3, 4]

describeWithPrograms(['mysql', 'redis', 'kafka'], 'the cluster under faults', () => {
  test('keeps every promise in four short runs', { timeout: 600_000, retry: 0 }, async () => {
    const results: RunResult[] = []
    const broken: string[] = []
    await runMany({
      runs: seeds.map((seed) => ({ run: seed, seed })),
      seconds: 20,
      say: (line) => broken.push(line),
      onRun: (result, sentences) => {
        results.push(result)
        broken.push(...sentences.map((sentence) => `seed ${result.seed}: ${sentence}`))
        return true
      },
    })
    expect(broken).toEqual([])
    expect(results.map(({ seed }) => seed)).toEqual(seeds)
    expect(Math.min(...results.map(({ acked }) => acked))).toBeGreaterThan(100)
    expect(Math.min(...results.map(({ faults }) => faults))).toBeGreaterThan(0)
  })
})
