import { expect, test } from 'vitest'
import { conclude } from './conclude.ts'
import type { CheckResult } from './run-checks.ts'

const microphone = (isGood: boolean): CheckResult => ({
  check: 'microphone',
  mark: isGood ? 'good' : 'bad',
  code: isGood ? 'works' : 'refused',
})
const server: CheckResult = { check: 'server', mark: 'good', code: 'works' }
const path = (check: 'udp' | 'tcp' | 'relay', works: boolean): CheckResult => ({
  check,
  mark: works ? 'good' : 'warning',
  code: works ? 'works' : 'fails',
})

test('UDP and a microphone are all a good call needs', () => {
  expect(conclude([microphone(true), server, path('udp', true), path('tcp', false)])).toBe('good')
})

test('any other way is slower, none is no call', () => {
  expect(conclude([microphone(true), server, path('udp', false), path('relay', true)])).toBe('slow-path')
  expect(conclude([microphone(true), server, path('udp', false), path('tcp', false)])).toBe('no-path')
})

test('what keeps everybody from calling is said before what keeps oneself from being heard', () => {
  expect(conclude([microphone(false), server, path('udp', true)])).toBe('no-device')
  expect(conclude([microphone(false), server, path('udp', false)])).toBe('no-path')
  expect(conclude([microphone(false)])).toBe('no-server')
})
