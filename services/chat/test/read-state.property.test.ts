import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SendMessage } from '@our-now/contracts/rooms.ts'
import { as, aSend, codeOf, startChat, type TestChat } from './start-chat.ts'

/**
 * The read state that the server keeps (one row a member) against a model that keeps, the slow way, who has not read
 * each single message. Whatever happens in whatever order, both give the same numbers.
 */

let chat: TestChat
let people: string[]
beforeAll(async () => {
  chat = await startChat({ chatCursorCoalesceMs: 0 })
  people = await chat.addPeople(5)
})
afterAll(() => chat.stop())

interface ModelMessage {
  readonly seq: number
  readonly authorId: string
  /** Members who have not read it, as its author sees it. */
  readonly unreadBy: Set<string>
}

class Model {
  readonly messages: ModelMessage[] = []
  /** Seqs that count in each member's badge. */
  readonly badges = new Map<string, Set<number>>()
  readonly blocking = new Set<string>()
  head = 0

  join(userId: string): void {
    if (!this.badges.has(userId)) this.badges.set(userId, new Set())
  }

  leave(userId: string): void {
    this.badges.delete(userId)
    for (const { unreadBy } of this.messages) unreadBy.delete(userId)
  }

  send(authorId: string, seq: number): void {
    const others = [...this.badges.keys()].filter((userId) => userId !== authorId)
    this.messages.push({ seq, authorId, unreadBy: new Set(others) })
    for (const userId of others) if (!this.blocking.has(userId)) this.badges.get(userId)?.add(seq)
  }

  read(userId: string, upTo: number): void {
    const badge = this.badges.get(userId)
    for (const seq of badge ?? []) if (seq <= upTo) badge?.delete(seq)
    if (this.blocking.has(userId)) return
    for (const { seq, unreadBy } of this.messages) if (seq <= upTo) unreadBy.delete(userId)
  }
}

/** What the server's data says: unread number by message, badge by member. */
async function recompute(roomId: string) {
  const db = chat.database.reader
  const members = await db('memberships').where('room_id', roomId)
  const messages = await db('messages').where('room_id', roomId).orderBy('seq')
  const room = await db('rooms').where('room_id', roomId).first()
  const cursors = members.map((row) => ({
    userId: row.user_id as string,
    joinedSeq: row.public_joined_seq as number,
    readSeq: row.public_read_seq as number,
  }))
  const numbers = messages.map(({ seq, author_id }) => [
    seq,
    cursors.filter((c) => c.userId !== author_id && c.joinedSeq < seq && c.readSeq < seq).length,
  ])
  const badges = members.map((row): [string, number] => [row.user_id, room.last_ordinal - row.read_ordinal])
  const told = members[0] && (await chat.api.listCursors(as(members[0].user_id), { roomId })).cursors
  if (told) expect(new Set(told)).toEqual(new Set(cursors))
  return { numbers, badges: new Map(badges) }
}

const expected = (model: Model) => ({
  numbers: model.messages.map(({ seq, unreadBy }) => [seq, unreadBy.size]),
  badges: new Map([...model.badges].map(([userId, badge]) => [userId, badge.size])),
})

const who = fc.nat({ max: 4 })
const groupStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('repeat' as const), who, which: fc.nat({ max: 50 }) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), who, back: fc.nat({ max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invite' as const), who, whom: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who, isQuiet: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), who, whom: who }) },
)

test('in groups, under joins, leaves, returns, repeats and reads in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(groupStep, { minLength: 5, maxLength: 45 }), async (steps) => {
      const person = (index: number) => people[index] ?? ''
      const { roomId } = await chat.api.createGroup(as(person(0)), { userIds: people.slice(1, 4) })
      const model = new Model()
      for (const userId of people.slice(0, 4)) model.join(userId)
      model.head = 1
      const sends: { userId: string; send: SendMessage }[] = []
      for (const step of steps) {
        const userId = person(step.who)
        const isMember = model.badges.has(userId)
        if (step.do === 'send') {
          const send = aSend(roomId)
          if (!isMember) {
            expect(await codeOf(chat.api.sendMessage(as(userId), send))).toBe('room_not_found')
            continue
          }
          model.send(userId, (await chat.api.sendMessage(as(userId), send)).seq)
          sends.push({ userId, send })
        } else if (step.do === 'repeat') {
          const known = sends[step.which % Math.max(1, sends.length)]
          if (known === undefined || !model.badges.has(known.userId)) continue
          expect(await chat.api.sendMessage(as(known.userId), known.send)).toMatchObject({ repeated: true })
        } else if (step.do === 'read') {
          const seq = Math.max(0, model.head - step.back)
          const code = await codeOf(chat.api.moveReadCursor(as(userId), { roomId, seq }))
          expect(code).toBe(isMember ? 'none' : 'room_not_found')
          if (isMember) model.read(userId, seq)
        } else {
          const whom = 'whom' in step ? person(step.whom) : userId
          const call =
            step.do === 'invite'
              ? chat.api.inviteMembers(as(userId), { roomId, userIds: [whom] })
              : step.do === 'remove'
                ? chat.api.removeMember(as(userId), { roomId, userId: whom })
                : chat.api.leaveRoom(as(userId), { roomId, isQuiet: step.isQuiet })
          const code = await codeOf(call)
          if (code === 'none' && step.do === 'invite') model.join(whom)
          else if (code === 'none') model.leave(whom)
        }
        const room = await chat.database.reader('rooms').where('room_id', roomId).first()
        model.head = room.last_seq
      }
      expect(await recompute(roomId)).toEqual(expected(model))
    }),
    { numRuns: 40 },
  )
}, 120_000)

const directStep = fc.record({
  do: fc.constantFrom(
    'send' as const,
    'send' as const,
    'send' as const,
    'read' as const,
    'read' as const,
    'block' as const,
    'unblock' as const,
    'drop' as const,
  ),
  who: fc.nat({ max: 1 }),
  back: fc.nat({ max: 6 }),
})

test('in 1:1 rooms, under blocks and drops too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(directStep, { minLength: 5, maxLength: 40 }), async (steps) => {
      const pair = await chat.addPeople(2)
      const { roomId } = await chat.api.openDirectRoom(as(pair[0] ?? ''), { userId: pair[1] ?? '' })
      const model = new Model()
      for (const userId of pair) model.join(userId)
      model.head = 1
      for (const step of steps) {
        const userId = pair[step.who] ?? ''
        const otherId = pair[1 - step.who] ?? ''
        if (step.do === 'send') {
          model.head = (await chat.api.sendMessage(as(userId), aSend(roomId))).seq
          model.send(userId, model.head)
        } else if (step.do === 'read') {
          const seq = Math.max(0, model.head - step.back)
          await chat.api.moveReadCursor(as(userId), { roomId, seq })
          model.read(userId, seq)
        } else if (step.do === 'block') {
          await chat.api.blockUser(as(userId), { userId: otherId, level: 'messages' })
          model.blocking.add(userId)
        } else if (step.do === 'unblock') {
          await chat.api.unblockUser(as(userId), { userId: otherId })
          model.blocking.delete(userId)
        } else {
          await chat.api.leaveRoom(as(userId), { roomId, isQuiet: true })
          model.badges.get(userId)?.clear()
        }
      }
      expect(await recompute(roomId)).toEqual(expected(model))
    }),
    { numRuns: 30 },
  )
}, 120_000)
