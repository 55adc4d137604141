import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Clock } from '../clock/clock.ts'
import type { LeaseStore } from './lease-store.ts'

/** What every lease store promises. `pass` lets time go by for the store that `open` gave. */
export function describeLeaseStore(
  name: string,
  prepare: () => Promise<{
    open(clock: Clock): Promise<LeaseStore>
    pass(ms: number): Promise<void>
    clock: Clock
  }>,
): void {
  describe(`lease store: ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>
    let store: LeaseStore
    beforeEach(async () => {
      place = await prepare()
      store = await place.open(place.clock)
    })
    afterEach(() => store.close())
    const membersOf = async (key: string) =>
      ((await store.list([key])).get(key) ?? []).map(({ member }) => member)

    test('the first member finds the key empty, the next does not', async () => {
      expect(await store.hold('ada', 'phone', 1_000)).toEqual({ wasEmpty: true })
      expect(await store.hold('ada', 'desk', 1_000)).toEqual({ wasEmpty: false })
      expect(await store.hold('bob', 'phone', 1_000)).toEqual({ wasEmpty: true })
    })

    test('a lease that is not extended ends after its time', async () => {
      await store.hold('ada', 'phone', 1_000)
      await place.pass(900)
      expect(await membersOf('ada')).toEqual(['phone'])
      await place.pass(200)
      expect(await membersOf('ada')).toEqual([])
      expect(await store.hold('ada', 'phone', 1_000)).toEqual({ wasEmpty: true })
    })

    test('extending gives one lease with the newest value and end', async () => {
      await store.hold('ada', 'phone', 1_000, 'visible')
      await place.pass(800)
      expect(await store.hold('ada', 'phone', 1_000, 'hidden')).toEqual({ wasEmpty: false })
      await place.pass(800)
      expect((await store.list(['ada'])).get('ada')).toEqual([{ member: 'phone', value: 'hidden' }])
    })

    test('the last member to leave empties the key; leaving twice is harmless', async () => {
      await store.hold('ada', 'phone', 1_000)
      await store.hold('ada', 'desk', 1_000)
      expect(await store.release('ada', 'phone')).toEqual({ isEmpty: false })
      expect(await store.release('ada', 'phone')).toEqual({ isEmpty: false })
      expect(await store.release('ada', 'desk')).toEqual({ isEmpty: true })
      expect(await store.release('ada', 'desk')).toEqual({ isEmpty: true })
    })

    test('of many who claim a key one has it, until it ends or is given back', async () => {
      const claims = await Promise.all(
        ['one', 'two', 'three'].map((member) => store.claim('call', member, 1_000, `of ${member}`)),
      )
      const [holder] = claims
      if (holder === undefined) throw new Error('three claims')
      expect(claims).toEqual([holder, holder, holder])
      expect(holder.value).toBe(`of ${holder.member}`)
      await place.pass(800)
      await store.claim('call', holder.member, 1_000, 'extended')
      await place.pass(800)
      expect(await store.claim('call', 'four', 1_000)).toEqual({ member: holder.member, value: 'extended' })
      await store.release('call', holder.member)
      expect(await store.claim('call', 'four', 1_000)).toEqual({ member: 'four', value: undefined })
      await place.pass(1_100)
      expect(await store.claim('call', 'five', 1_000)).toEqual({ member: 'five', value: undefined })
    })

    test('a member whose lease ended does not keep the key from being empty', async () => {
      await store.hold('ada', 'gone', 1_000)
      await store.hold('ada', 'phone', 5_000)
      await place.pass(1_100)
      expect(await store.release('ada', 'phone')).toEqual({ isEmpty: true })
    })

    test('many are held at once and listed by key, each asked key with an answer', async () => {
      await store.holdMany([
        { key: 'ada', member: 'phone', ttlMs: 1_000, value: 'v' },
        { key: 'ada', member: 'desk', ttlMs: 1_000 },
        { key: 'bob', member: 'phone', ttlMs: 100 },
      ])
      await place.pass(200)
      const listed = await store.list(['ada', 'bob', 'nobody'])
      expect([...(listed.get('ada') ?? [])].toSorted((a, b) => (a.member < b.member ? -1 : 1))).toEqual([
        { member: 'desk', value: undefined },
        { member: 'phone', value: 'v' },
      ])
      expect([listed.get('bob'), listed.get('nobody')]).toEqual([[], []])
    })

    test('a budget gives its burst at once, then refills', async () => {
      const budget = { perSecond: 2, burst: 3 }
      const take = () => store.take('address', budget)
      expect([await take(), await take(), await take()]).toEqual([0, 0, 0])
      const waitMs = await take()
      expect(waitMs).toBeGreaterThan(400)
      expect(waitMs).toBeLessThanOrEqual(500)
      await place.pass(500)
      expect(await take()).toBe(0)
      expect(await take()).toBeGreaterThan(0)
    })

    test('what is refused takes nothing; a cost takes that much; keys are apart', async () => {
      const budget = { perSecond: 1, burst: 5 }
      expect(await store.take('a', budget, 4)).toBe(0)
      expect(await store.take('a', budget, 2)).toBeGreaterThan(0)
      expect(await store.take('a', budget, 1)).toBe(0)
      expect(await store.take('b', budget, 5)).toBe(0)
    })

    test('a rested bucket never holds more than its burst', async () => {
      const budget = { perSecond: 100, burst: 2 }
      await store.take('a', budget)
      await place.pass(60_000)
      expect(await store.take('a', budget, 2)).toBe(0)
      expect(await store.take('a', budget)).toBeGreaterThan(0)
    })
  })
}
