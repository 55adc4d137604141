import type { UserEventKind } from '@our-now/contracts/user-events.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { follow, loadView } from './support/follow-people.ts'
import { startPeople, type PeopleStack, type Person } from './support/start-people.ts'

let stack: PeopleStack
beforeEach(async () => {
  stack = await startPeople()
})
afterEach(() => stack.close())

type Step = (me: Person, other: Person) => Promise<unknown>

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant<Step>((me, other) => stack.api.addFriend(me.as, { userId: other.userId })),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>((me, other) => stack.api.removeFriend(me.as, { userId: other.userId })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ isFavourite: fc.boolean(), isHidden: fc.boolean() }, { requiredKeys: [] })
      .map<Step>(
        (marks) =>
          (me, { userId }) =>
            stack.api.updateFriend(me.as, { userId, ...marks }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('messages' as const, 'profile' as const).map<Step>(
      (level) =>
        (me, { userId }) =>
          stack.api.blockUser(me.as, { userId, level }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>((me, other) => stack.api.unblockUser(me.as, { userId: other.userId })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record(
        {
          displayName: fc.constantFrom('가람', '나래', 'Ada'),
          statusMessage: fc.constantFrom('', '산책', 'out'),
          presenceVisible: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map<Step>((changes) => (me) => stack.api.updateProfile(me.as, changes)),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>(async (me, other) => {
      const { code } = await stack.api.getFriendInvite(other.as, {})
      return stack.api.acceptFriendInvite(me.as, { code })
    }),
  },
)

/** Refusals are outcomes here; anything else fails the test. */
async function attempt(run: Promise<unknown>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
}

let round = 0
const joinFour = (): Promise<Person[]> => {
  round += 1
  return Promise.all(['ada', 'bob', 'cee', 'dee'].map((name) => stack.join(`${name}-${round}`)))
}

/** A plan in which each kind of event comes to pass, however the random ones fall. */
const everyKind: [number, number, Step][] = [
  [0, 1, (me, { userId }) => stack.api.addFriend(me.as, { userId })],
  [0, 1, (me, { userId }) => stack.api.removeFriend(me.as, { userId })],
  [0, 1, (me, { userId }) => stack.api.blockUser(me.as, { userId, level: 'messages' })],
  [0, 1, (me, { userId }) => stack.api.unblockUser(me.as, { userId })],
  [0, 1, (me, { userId }) => stack.api.addFriend(me.as, { userId })],
  [1, 1, (me) => stack.api.updateProfile(me.as, { displayName: 'Bob B.' })],
]

test('following the log from its beginning, or from any list, gives what the lists say', async () => {
  const seen = new Set<UserEventKind>()
  const steps = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 }), step), {
    minLength: 1,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(30), async (plan, loadedAfter) => {
      const people = await joinFour()
      const loaded = new Map<Person, { have: number; view: Awaited<ReturnType<typeof loadView>> }>()
      for (const [at, [who, distance, run]] of plan.entries()) {
        const [me, other] = [people[who], people[(who + distance) % 4]]
        if (me === undefined || other === undefined) throw new Error('four people')
        stack.clock.advance(5)
        await attempt(run(me, other))
        if (at !== loadedAfter) continue
        // A device reads where the log stands first, then the lists, and follows from there.
        for (const person of people) {
          loaded.set(person, { have: await stack.headOf(person), view: await loadView(stack, person) })
        }
      }
      for (const person of people) {
        const now = await loadView(stack, person)
        const events = await stack.eventsOf(person)
        for (const { kind } of events) seen.add(kind)
        expect(follow(events)).toEqual(now)
        // A doubled push changes nothing.
        expect(follow(events.flatMap((event) => [event, event]))).toEqual(now)
        const start = loaded.get(person)
        if (start !== undefined) {
          expect(follow(await stack.eventsOf(person, start.have), start.view)).toEqual(now)
        }
      }
    }),
    { numRuns: 60, examples: [[everyKind, 0]] },
  )
  expect([...seen].sort()).toEqual([
    'admirer-added',
    'admirer-removed',
    'block-changed',
    'block-removed',
    'friend-changed',
    'friend-profile-changed',
    'friend-removed',
    'profile-changed',
  ])
}, 60_000)

test('changes at the same time converge too', async () => {
  const people = await joinFour()
  const pairs = people.flatMap((me) =>
    people.filter((other) => other !== me).map((other) => [me, other] as const),
  )
  for (let lap = 0; lap < 5; lap++) {
    await Promise.all(
      pairs.flatMap(([me, { userId }]) => [
        attempt(stack.api.addFriend(me.as, { userId })),
        attempt(
          stack.api.updateProfile(me.as, { statusMessage: `lap ${lap}`, displayName: `${me.handle}${lap}` }),
        ),
        attempt(stack.api.blockUser(me.as, { userId, level: lap % 2 === 0 ? 'profile' : 'messages' })),
        attempt(stack.api.removeFriend(me.as, { userId })),
        attempt(stack.api.unblockUser(me.as, { userId })),
        attempt(stack.api.addFriend(me.as, { userId })),
      ]),
    )
    for (const person of people) {
      expect(follow(await stack.eventsOf(person))).toEqual(await loadView(stack, person))
    }
  }
})

test('what is published is what the log holds, each person’s in order', async () => {
  const people = await joinFour()
  const [ada, bob] = people
  if (ada === undefined || bob === undefined) throw new Error('four people')
  await stack.api.addFriend(ada.as, { userId: bob.userId })
  await stack.api.updateProfile(bob.as, { statusMessage: '여름' })
  await stack.api.blockUser(bob.as, { userId: ada.userId, level: 'profile' })
  for (const person of people) {
    const told = stack.published.filter(({ userId }) => userId === person.userId)
    expect(told).toEqual(await stack.eventsOf(person))
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, at) => at + 1))
  }
})
