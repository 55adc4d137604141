import { expect, test } from 'vitest'
import { checkSignUp, toHandle } from './check-sign-up.ts'

const good = { handle: 'minsu.k', password: 'a good one', displayName: '김민수' }

test('an ordinary sign-up has no problems', () => {
  expect(checkSignUp(good)).toEqual({})
  expect(checkSignUp({ ...good, handle: '  MinSu ' })).toEqual({})
  expect(toHandle('  MinSu ')).toBe('minsu')
})

test('names the field that needs mending', () => {
  expect(checkSignUp({ ...good, handle: '' })).toEqual({ handle: 'missing' })
  expect(checkSignUp({ ...good, handle: '김민수' })).toEqual({ handle: 'invalid' })
  expect(checkSignUp({ ...good, handle: '.ab' })).toEqual({ handle: 'invalid' })
  expect(checkSignUp({ ...good, password: 'short' })).toEqual({ password: 'short' })
  expect(checkSignUp({ ...good, displayName: '  ' })).toEqual({ displayName: 'missing' })
})

test('a name is counted as people count: a family emoji is one', () => {
  expect(checkSignUp({ ...good, displayName: '👨‍👩‍👧‍👦'.repeat(40) })).toEqual({})
  expect(checkSignUp({ ...good, displayName: '가'.repeat(41) })).toEqual({ displayName: 'long' })
})
