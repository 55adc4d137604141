import { expect, test } from 'vitest'
import { observe, toConnectionValue, toLingerValue } from './observed-presence.ts'
import { lingerMember } from './presence-keys.ts'

const linger = { member: lingerMember, value: toLingerValue('online', 5) }
const connection = (isVisible: boolean) => ({ member: 'c', value: toConnectionValue(isVisible) })

test('connections say what is shown, the lingering lease only when there are none', () => {
  expect(observe([connection(false), linger])).toEqual({ status: 'away', isLingering: false, seenAt: 5 })
  expect(observe([connection(false), connection(true)])).toMatchObject({
    status: 'online',
    isLingering: false,
  })
  expect(observe([linger])).toEqual({ status: 'online', isLingering: true, seenAt: 5 })
  expect(observe([])).toEqual({ status: 'offline', isLingering: false, seenAt: undefined })
  expect(observe(undefined)).toMatchObject({ status: 'offline' })
})
