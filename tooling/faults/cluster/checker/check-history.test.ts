import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { goodRun, people, rooms, type Step } from './test/good-run.ts'
import { brokenBy, changeEvents } from './test/judge.ts'

const place = { who: fc.integer({ min: 1, max: people }), room: fc.integer({ min: 1, max: rooms }) }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), ...place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('join' as const, 'leave' as const, 'read' as const, 'sync' as const),
      ...place,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('send-unanswered' as const), isStored: fc.boolean(), ...place }),
  },
)
const steps = fc.array(step, { maxLength: 80 })

test('whatever people do, a run that keeps every promise has nothing against it', () => {
  fc.assert(
    fc.property(steps, (done) => {
      expect(brokenBy(goodRun(done))).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('whatever people do, any acknowledged message that is taken out of the log is missed', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (done, which) => {
      const { lines, final } = goodRun(done)
      const acked = lines.flatMap((line) =>
        line.f === 'send' && line.type === 'ok' && line.id !== undefined ? line.id : [],
      )
      fc.pre(acked.length > 0)
      const lost = acked[which % acked.length]
      const without = changeEvents(
        final,
        ({ clientMessageId }) => clientMessageId === lost,
        () => undefined,
      )
      expect(brokenBy({ lines, final: { ...final, ...without } })).toContain('S1')
    }),
    { numRuns: 200 },
  )
})

test('the verdict counts what was acknowledged, what stayed unknown and what of that was written', () => {
  const { lines, final } = goodRun([
    { do: 'send', who: 1, room: 1 },
    { do: 'send-unanswered', who: 2, room: 1, isStored: true },
    { do: 'send-unanswered', who: 2, room: 1, isStored: false },
  ])
  expect(checkHistory(lines, final)).toMatchObject({
    acked: 1,
    unknown: 2,
    committedUnknown: 1,
    healP99Ms: 0,
  })
})
