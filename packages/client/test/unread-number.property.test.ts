import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyCursorMoves } from '../src/room-view/apply-cursor-moves.ts'
import {
  applyMembership,
  awaitCursors,
  loadCursors,
  type CursorState,
} from '../src/room-view/cursor-state.ts'
import { createUnreadCounter } from '../src/room-view/unread-number.ts'
import { createRoomModel } from './models/room-model.ts'

const who = fc.nat({ max: 5 })
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('read' as const), who, back: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), seq: fc.nat({ max: 40 }) }) },
  /** The network: pushed moves arrive late, twice or never; the log arrives in order, later. */
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      events: fc.nat({ max: 6 }),
      moves: fc.nat({ max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), move: fc.nat({ max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const) }) },
  /** The room is opened anew: a snapshot is made now and arrives after some deliveries. */
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
)

type Model = ReturnType<typeof createRoomModel>
type Moved = NonNullable<ReturnType<Model['read']>>

function expectSame(model: Model, state: CursorState): void {
  const counter = createUnreadCounter(state)
  for (const message of model.messages()) {
    expect({ seq: message.seq, unread: counter.numberOf(message) }).toEqual({
      seq: message.seq,
      unread: model.unread(message.seq),
    })
  }
}

test('the unread number equals the brute-force count under joins, leaves, repeats, reordering and loss', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120, size: 'max' }), (acts) => {
      const model = createRoomModel([0, 1, 2])
      const moves: Moved[] = []
      let applied = model.head()
      let delivered = 0
      let asked: { snapshot: ReturnType<Model['cursors']> } | undefined
      let state = loadCursors(awaitCursors(model.roomId, applied), model.cursors())
      const deliver = (events: number, count: number) => {
        for (const event of model.log.slice(applied, applied + events)) state = applyMembership(state, event)
        applied = Math.min(model.head(), applied + events)
        for (const move of moves.slice(delivered, delivered + count)) state = applyCursorMoves(state, move)
        delivered = Math.min(moves.length, delivered + count)
      }

      for (const step of acts) {
        if (step.do === 'send') model.send(step.who)
        else if (step.do === 'join') model.join(step.who)
        else if (step.do === 'leave') model.leave(step.who, 'left')
        else if (step.do === 'remove') model.remove(step.seq)
        else if (step.do === 'deliver') deliver(step.events, step.moves)
        else if (step.do === 'lose') moves.splice(delivered, 1)
        else if (step.do === 'ask') asked = { snapshot: model.cursors() }
        else if (step.do === 'answer' && asked) {
          state = loadCursors(state, asked.snapshot)
          asked = undefined
        } else if (step.do === 'repeat') {
          const old = moves[step.move]
          if (old && step.move < delivered) state = applyCursorMoves(state, old)
        } else if (step.do === 'read') {
          const moved = model.read(step.who, Math.max(1, model.head() - step.back))
          if (moved) moves.push(moved)
        }
      }
      // Quiet now: everything that is not lost arrives; heads tell a revision that was lost with nothing after it.
      deliver(Infinity, Infinity)
      if (state.isStale || state.cursorRev !== model.cursors().cursorRev)
        state = loadCursors(state, model.cursors())
      expect(state.isStale).toBe(false)
      expectSame(model, state)
    }),
    { numRuns: 600 },
  )
})

test('a histogram counts the same while members only join and read', () => {
  const grow = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('send' as const), who }),
      fc.record({ do: fc.constant('join' as const), who }),
      fc.record({ do: fc.constant('read' as const), who }),
    ),
    { maxLength: 80, size: 'max' },
  )
  fc.assert(
    fc.property(grow, (acts) => {
      const model = createRoomModel([0, 1, 2])
      let state = loadCursors(awaitCursors(model.roomId, model.head()), model.histogram())
      let applied = model.head()
      const catchUp = () => {
        for (const event of model.log.slice(applied)) state = applyMembership(state, event)
        applied = model.head()
      }
      const read = (person: number) => {
        const moved = model.read(person, model.head())
        if (!moved) return
        const moves = moved.moves.map(({ joinedSeq, from, to, count }) => ({ joinedSeq, from, to, count }))
        state = applyCursorMoves(state, { ...moved, moves })
      }
      for (const step of acts) {
        if (step.do === 'send') model.send(step.who)
        if (step.do === 'join') model.join(step.who)
        catchUp()
        // Writing moves the author's own cursor in large rooms.
        if (step.do !== 'join') read(step.who)
      }
      expect(state.isStale).toBe(false)
      expectSame(model, state)
    }),
    { numRuns: 300 },
  )
})

test('a leave makes a histogram stale, as nobody is named in it', () => {
  const model = createRoomModel([0, 1, 2])
  const state = loadCursors(awaitCursors(model.roomId, model.head()), model.histogram())
  model.leave(1, 'quiet')
  const after = model.log.slice(1).reduce(applyMembership, state)
  expect(after.isStale).toBe(true)
  expect(loadCursors(after, model.histogram()).isStale).toBe(false)
})
