import { describe, expect, test } from 'vitest'
import { toDeviceName, toDisplayName } from './display-name-policy.ts'
import { isReservedHandle, toHandle } from './handle-policy.ts'

describe('names', () => {
  test('a display name is trimmed and one spelling of what looks the same', () => {
    expect(toDisplayName('  김민수\t')).toBe('김민수')
    expect(toDisplayName('민수'.normalize('NFD'))).toBe('민수')
    expect(toDisplayName('👩‍👩‍👧‍👦'.repeat(18))).toHaveLength(18 * 11)
  })
  test.each([
    '   ',
    '\u200b\u200d',
    '\u3164\u3164',
    'a\0b',
    'line\nbreak',
    '가'.repeat(41),
    'a\ud800b',
    '\u2800',
  ])('the display name %j is refused', (name) =>
    expect(() => toDisplayName(name)).toThrow(expect.objectContaining({ code: 'name_invalid' })),
  )
  test('a device name is never refused', () => {
    expect(toDeviceName(' Chrome\0\non Linux ')).toBe('Chrome on Linux')
    expect(toDeviceName('')).toBe('')
  })
  test('an id is compared in lower case, and the house keeps its own names', () => {
    expect(toHandle(' Minsu ')).toBe('minsu')
    expect(['admin', 'ad.min', 'our-now', 'system_'].map(isReservedHandle)).toEqual([true, true, true, true])
    expect(isReservedHandle('adminton')).toBe(false)
  })
})
