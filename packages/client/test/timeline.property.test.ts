import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyRoomEvents } from '../src/room-view/apply-room-event.ts'
import { mergePage, type PagePlace, type TimelinePage } from '../src/room-view/merge-page.ts'
import { emptyTimeline, trimTimeline, type Timeline } from '../src/room-view/timeline.ts'
import { createRoomModel } from './models/room-model.ts'

const who = fc.nat({ max: 3 })
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), pick: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      count: fc.nat({ max: 8 }),
      again: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      place: fc.constantFrom('newest', 'before', 'after', 'around'),
      pick: fc.nat(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('trim' as const), keep: fc.constantFrom('newest', 'oldest') }),
  },
)
type Model = ReturnType<typeof createRoomModel>

/** The room as somebody sees it who loads the whole history now. */
function wholeOf(model: Model): Timeline {
  return mergePage(emptyTimeline(model.roomId, model.head()), { kind: 'newest' }, model.page({}, 10_000))
}

/** The window must be exactly a contiguous piece of what the room was at the position it shows. */
function expectPiece(timeline: Timeline, whole: Timeline, isCaughtUp: boolean): void {
  const seqs = timeline.lines.map((line) => line.seq)
  const first = seqs[0]
  const last = seqs.at(-1)
  if (first === undefined || last === undefined) return
  const piece = whole.lines.filter((line) => line.seq >= first && line.seq <= last)
  expect(seqs).toEqual(piece.map((line) => line.seq))
  if (!timeline.hasBefore) expect(first).toBe(whole.lines[0]?.seq)
  if (!isCaughtUp) return
  expect(timeline.lines).toEqual(piece)
  if (!timeline.hasAfter) expect(last).toBe(whole.lines.at(-1)?.seq)
}

test('live events over pages in any order show a piece of the room as a fresh reader sees it', () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 150, size: 'max' }),
      fc.integer({ min: 2, max: 6 }),
      (acts, limit) => {
        const model = createRoomModel([0, 1])
        let timeline = emptyTimeline(model.roomId, model.head())
        let applied = model.head()
        let asked: { place: PagePlace; page: TimelinePage } | undefined

        for (const step of acts) {
          if (step.do === 'send') model.send(step.who)
          else if (step.do === 'join') model.join(step.who)
          else if (step.do === 'leave') model.leave(step.who, step.who > 1 ? 'quiet' : 'left')
          else if (step.do === 'rename') model.rename(step.who)
          else if (step.do === 'remove') {
            const all = model.messages()
            model.remove(all[step.pick % Math.max(1, all.length)]?.seq ?? 0)
          } else if (step.do === 'deliver') {
            const from = Math.max(0, applied - step.again)
            timeline = applyRoomEvents(timeline, model.log.slice(from, applied + step.count))
            applied = Math.min(model.head(), applied + step.count)
          } else if (step.do === 'trim')
            timeline = trimTimeline(timeline, 6, step.keep === 'newest' ? 'newest' : 'oldest')
          else if (step.do === 'ask') asked = ask(model, timeline, step, limit)
          else if (step.do === 'answer' && asked) {
            timeline = mergePage(timeline, asked.place, asked.page)
            asked = undefined
          }
          expectPiece(timeline, wholeOf(model), false)
        }
        timeline = applyRoomEvents(timeline, model.log.slice(applied))
        expectPiece(timeline, wholeOf(model), true)
        // Reading on in both directions always ends with the whole room.
        for (let i = 0; i < 200 && (timeline.hasBefore || timeline.hasAfter); i += 1) {
          const [first, last] = [timeline.lines[0]?.seq, timeline.lines.at(-1)?.seq]
          if (first === undefined || last === undefined)
            timeline = mergePage(timeline, { kind: 'newest' }, model.page({}, limit))
          else if (timeline.hasAfter)
            timeline = mergePage(timeline, { kind: 'after', seq: last }, model.page({ after: last }, limit))
          else
            timeline = mergePage(
              timeline,
              { kind: 'before', seq: first },
              model.page({ before: first }, limit),
            )
          expectPiece(timeline, wholeOf(model), true)
        }
        expect(timeline.lines).toEqual(wholeOf(model).lines)
      },
    ),
    { numRuns: 800 },
  )
})

function ask(model: Model, timeline: Timeline, step: { place: string; pick: number }, limit: number) {
  const first = timeline.lines[0]?.seq
  const last = timeline.lines.at(-1)?.seq
  if (step.place === 'before' && first !== undefined)
    return { place: { kind: 'before', seq: first } as const, page: model.page({ before: first }, limit) }
  if (step.place === 'after' && last !== undefined)
    return { place: { kind: 'after', seq: last } as const, page: model.page({ after: last }, limit) }
  if (step.place === 'around') {
    const seq = 1 + (step.pick % model.head())
    return { place: { kind: 'around', seq } as const, page: model.page({ around: seq }, limit) }
  }
  return { place: { kind: 'newest' } as const, page: model.page({}, limit) }
}

test('events after a hole do not pretend to follow: paging heals the window', () => {
  const model = createRoomModel([0, 1])
  for (let i = 0; i < 5; i += 1) model.send(0)
  let timeline = mergePage(emptyTimeline(model.roomId, model.head()), { kind: 'newest' }, model.page({}, 50))
  for (let i = 0; i < 5; i += 1) model.send(1)
  timeline = applyRoomEvents(timeline, model.log.slice(-2))
  expect(timeline.hasAfter).toBe(true)
  const last = timeline.lines.at(-1)?.seq ?? 0
  timeline = mergePage(timeline, { kind: 'after', seq: last }, model.page({ after: last }, 50))
  expect(timeline.lines).toEqual(wholeOf(model).lines)
})
