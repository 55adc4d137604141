import { expect, test } from 'vitest'
import { createKeyLine, parseKeyLines } from './key-lines.ts'

test('lines that were made are read, the first first', () => {
  const lines = [createKeyLine(), createKeyLine()]
  const keys = parseKeyLines(lines.join('\n'))
  expect(keys.map((key) => `${key.toString('base64url')}\n`)).toEqual(lines)
})

test('a key file that is empty or too short is refused without being shown', () => {
  expect(() => parseKeyLines('')).toThrow('exactly 32 bytes')
  expect(() => parseKeyLines(createKeyLine() + 'c2hvcnQta2V5')).toThrow(/^(?!.*c2hvcnQ).*exactly 32 bytes/)
})
