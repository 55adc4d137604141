import { expect, test } from 'vitest'
import { createRecoveryCodes, toRecoveryCode } from './recovery-code.ts'

test('ten different codes, readable on paper, new each time', () => {
  const codes = [...createRecoveryCodes(), ...createRecoveryCodes()]
  expect(new Set(codes).size).toBe(20)
  for (const code of codes) expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/)
})

test('a code counts however it is typed', () => {
  expect(toRecoveryCode(' abcd–ef23 4567 ')).toBe('ABCDEF234567')
})
