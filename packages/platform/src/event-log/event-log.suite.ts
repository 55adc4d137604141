import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppError } from '../errors/app-error.ts'
import type { Database } from '../database/database.ts'
import type { EventHandlers, EventLog, LoggedEvent } from './event-log.ts'

type SessionEnded = LoggedEvent<'auth.session-ended.v1'>

const users = Array.from({ length: 10 }, () => randomUUID())
/** An event of one key with a number in it, so that order shows. */
export const anEvent = (key: string, number: number): SessionEnded => ({
  type: 'auth.session-ended.v1',
  key,
  data: { userId: key, sessionId: String(number) },
})
export const numberOf = (event: SessionEnded): number => Number(event.data.sessionId)

/** Remembers what it was given, per key. */
export function createCollector(fail?: (event: SessionEnded) => Promise<void>) {
  const seen: SessionEnded[] = []
  const handlers: EventHandlers = {
    'auth.session-ended.v1': async (event) => {
      await fail?.(event)
      seen.push(event)
    },
  }
  return {
    handlers,
    seen,
    numbersOf: (key: string) => seen.filter((event) => event.key === key).map(numberOf),
  }
}

/**
 * What every event log promises. Retries are to be quick: a few tries within a second.
 *
 * @param prepare  `open` opens the same log again within one test.
 */
export function describeEventLog(
  name: string,
  prepare: () => Promise<{
    open(): Promise<EventLog>
    readonly deadEvents?: Database
    cleanUp(): Promise<void>
  }>,
): void {
  describe(`event log: ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>
    let eventLog: EventLog
    const [ada = '', bob = ''] = users
    beforeEach(async () => {
      place = await prepare()
      eventLog = await place.open()
    })
    afterEach(async () => {
      await eventLog.close()
      await place.cleanUp()
    })
    const subscribe = (group: string, handlers: EventHandlers) => {
      const { deadEvents } = place
      return eventLog.subscribe({ group, handlers, ...(deadEvents === undefined ? {} : { deadEvents }) })
    }
    const until = (isTrue: () => void) => vi.waitFor(isTrue, { timeout: 10_000, interval: 5 })

    test('events arrive whole and in the order of their key', async () => {
      const { handlers, seen, numbersOf } = createCollector()
      await subscribe('presence', handlers)
      const numbers = Array.from({ length: 300 }, (_, index) => index)
      await Promise.all(
        users.map(async (user) => {
          for (let from = 0; from < numbers.length; from += 20)
            await eventLog.append(numbers.slice(from, from + 20).map((number) => anEvent(user, number)))
        }),
      )
      await until(() => expect(seen.length).toBe(users.length * numbers.length))
      for (const user of users) expect(numbersOf(user)).toEqual(numbers)
      expect(seen[0]).toEqual(anEvent(seen[0]?.key ?? '', 0))
    })

    test('the trace context travels with its event', async () => {
      const { handlers, seen } = createCollector()
      await subscribe('presence', handlers)
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
      await eventLog.append([{ ...anEvent(ada, 1), traceparent }])
      await until(() => expect(seen).toEqual([{ ...anEvent(ada, 1), traceparent }]))
    })

    test('a new group begins at the oldest event; each group reads all', async () => {
      await eventLog.append([anEvent(ada, 1), anEvent(ada, 2)])
      const [one, two] = [createCollector(), createCollector()]
      await subscribe('one', one.handlers)
      await subscribe('two', two.handlers)
      await until(() =>
        expect([one.numbersOf(ada), two.numbersOf(ada)]).toEqual([
          [1, 2],
          [1, 2],
        ]),
      )
    })

    test('a group goes on where it stopped, also after the log was closed', async () => {
      const before = createCollector()
      const subscription = await subscribe('presence', before.handlers)
      await eventLog.append([anEvent(ada, 1)])
      await until(() => expect(before.numbersOf(ada)).toEqual([1]))
      await subscription.close()
      await eventLog.append([anEvent(ada, 2)])
      await eventLog.close()
      eventLog = await place.open()
      const after = createCollector()
      await subscribe('presence', after.handlers)
      await eventLog.append([anEvent(ada, 3)])
      await until(() => expect(after.numbersOf(ada)).toEqual([2, 3]))
    })

    test('two readers of one group share it: each event is handled once, and one goes on for both', async () => {
      const [one, two] = [createCollector(), createCollector()]
      const first = await subscribe('presence', one.handlers)
      const second = await subscribe('presence', two.handlers)
      const allNumbers = () => [...one.numbersOf(ada), ...two.numbersOf(ada)]
      await eventLog.append([anEvent(ada, 1), anEvent(ada, 2)])
      await until(() => expect(allNumbers()).toEqual([1, 2]))
      await first.close()
      await eventLog.append([anEvent(ada, 3)])
      await until(() => expect(allNumbers().toSorted((a, b) => a - b)).toEqual([1, 2, 3]))
      await second.close()
      await second.close()
    })

    test('closing finishes the event at hand and leaves the rest for later', async () => {
      const hold = Promise.withResolvers<undefined>()
      let begun = false
      const slow = createCollector(async () => {
        begun = true
        await hold.promise
      })
      const subscription = await subscribe('presence', slow.handlers)
      await eventLog.append([anEvent(ada, 1), anEvent(ada, 2)])
      await until(() => expect(begun).toBe(true))
      const closing = subscription.close()
      hold.resolve(undefined)
      await closing
      const rest = createCollector()
      await subscribe('presence', rest.handlers)
      await eventLog.append([anEvent(ada, 3)])
      await until(() => expect([...slow.numbersOf(ada), ...rest.numbersOf(ada)]).toEqual([1, 2, 3]))
    })

    test('a handler that fails for a while is tried again, in order', async () => {
      let failures = 3
      const { handlers, numbersOf } = createCollector(async () => {
        if (failures-- > 0) throw new AppError('unavailable')
      })
      await subscribe('presence', handlers)
      await eventLog.append([anEvent(ada, 1), anEvent(ada, 2)])
      await until(() => expect(numbersOf(ada)).toEqual([1, 2]))
    })

    test('an event that nobody can handle is parked; its key and the others go on', async () => {
      const { handlers, numbersOf } = createCollector(async (event) => {
        if (event.key === ada && numberOf(event) === 2) throw new TypeError('poison')
      })
      await subscribe('presence', handlers)
      await eventLog.append([1, 2, 3].flatMap((number) => [anEvent(ada, number), anEvent(bob, number)]))
      await until(() =>
        expect([numbersOf(ada), numbersOf(bob)]).toEqual([
          [1, 3],
          [1, 2, 3],
        ]),
      )
    })

    test('a refusal that trying again cannot change is passed over at once', async () => {
      let tries = 0
      const { handlers, numbersOf } = createCollector(async (event) => {
        if (numberOf(event) !== 1) return
        tries++
        throw new AppError('room_not_found')
      })
      await subscribe('presence', handlers)
      await eventLog.append([anEvent(ada, 1), anEvent(ada, 2)])
      await until(() => expect(numbersOf(ada)).toEqual([2]))
      expect(tries).toBe(1)
    })

    test('types without a handler are skipped', async () => {
      const { handlers, numbersOf } = createCollector()
      await subscribe('presence', handlers)
      const other: LoggedEvent<'chat.user-events.v1'> = {
        type: 'chat.user-events.v1',
        key: ada,
        data: { userId: ada, events: [] },
      }
      await eventLog.append([other, anEvent(ada, 1)])
      await until(() => expect(numbersOf(ada)).toEqual([1]))
    })

    test('nothing to append is nothing; closing twice is fine', async () => {
      await eventLog.append([])
      await eventLog.close()
      await eventLog.close()
    })
  })
}
