import { chatContract } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { outboxMigration } from '@our-now/platform/event-log/outbox.ts'
import { isValid } from '@our-now/platform/validation/check-value.ts'
import { createFakeClock, type FakeClock } from '@our-now/testkit/fake-clock.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { v7 as uuidv7 } from 'uuid'
import { people } from '../../src/migrations/0002-people.ts'
import { createPeople, type PeopleApi } from '../../src/people/people-api.ts'

/** A person of a test: whom a call is made as. */
export interface Person {
  readonly userId: string
  readonly handle: string
  readonly as: CallContext
}

export interface PeopleStack {
  /** Checks every reply against the contract. */
  readonly api: PeopleApi
  readonly database: Database
  readonly clock: FakeClock
  /** What was published, in order. */
  readonly published: UserEvent[]
  /** Who was given a note-to-self room, as often as it was asked for. */
  readonly selfRooms: string[]
  /** Makes a person. */
  join(handle: string, displayName?: string): Promise<Person>
  /** The events of a person's log after a position. */
  eventsOf(person: Person, have?: number): Promise<UserEvent[]>
  headOf(person: Person): Promise<number>
  close(): Promise<void>
}

export const asUser = (userId: string): CallContext => ({ traceId: 'test', userId })

/** The people half of the chat service on a real database. */
export async function startPeople({ maxListed = 5_000 } = {}): Promise<PeopleStack> {
  const { database, close } = await openTestDatabase([outboxMigration, people])
  const clock = createFakeClock()
  const published: UserEvent[] = []
  const selfRooms: string[] = []
  const service = createPeople({
    database,
    clock,
    log: createTestLog(),
    publish: (events) => void published.push(...events),
    ensureSelfRoom: async (userId) => void selfRooms.push(userId),
    maxListed,
  })
  service.start()
  const api = checked(service.api)

  return {
    api,
    database,
    clock,
    published,
    selfRooms,
    join: async (handle, displayName = handle) => {
      const userId = uuidv7()
      await api.ensureProfile({ traceId: 'test' }, { userId, handle, displayName })
      return { userId, handle, as: asUser(userId) }
    },
    eventsOf: async (person, have = 0) => {
      const events: UserEvent[] = []
      for (;;) {
        const page = await api.syncUser(person.as, { have: have + events.length })
        events.push(...page.events)
        if (!page.more) return events
      }
    },
    headOf: async (person) => (await api.syncUser(person.as, { have: 0 })).head,
    close: async () => {
      await service.stop()
      await close()
    },
  }
}

/** The cast holds: every operation stays, with its reply looked at on the way. */
function checked(api: PeopleApi): PeopleApi {
  const names = Object.keys(api) as (keyof PeopleApi)[]
  return Object.fromEntries(
    names.map((name) => {
      const operation = api[name] as (context: CallContext, request: never) => Promise<unknown>
      return [
        name,
        async (context: CallContext, request: never) => {
          const reply = await operation(context, request)
          if (!isValid(chatContract[name].reply, reply))
            throw new Error(`${name} answers against its contract`)
          return reply
        },
      ]
    }),
  ) as PeopleApi
}
