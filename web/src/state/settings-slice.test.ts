import { expect, test } from 'vitest'
import {
  defaultSettings,
  readStoredSettings,
  settingsChanged,
  settingsReducer,
  toSettings,
} from './settings-slice.ts'

const stored = (text: string | null) => ({ getItem: () => text })

test('what was stored comes back', () => {
  const settings = {
    theme: 'dark',
    language: 'en',
    fontScale: 1.15,
    isSoundOn: false,
    reducedMotion: true,
    lockMinutes: 15,
  } as const
  expect(readStoredSettings(stored(JSON.stringify(settings)))).toEqual(settings)
})

test('nothing stored, broken text or foreign values are the defaults', () => {
  expect(readStoredSettings(stored(null))).toEqual(defaultSettings)
  expect(readStoredSettings(stored('{'))).toEqual(defaultSettings)
  expect(readStoredSettings(stored('null'))).toEqual(defaultSettings)
  expect(
    toSettings({ theme: 'neon', language: 7, fontScale: 'big', isSoundOn: 'yes', lockMinutes: 7 }),
  ).toEqual(defaultSettings)
})

test('a storage that is forbidden is no reason to stop', () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  }
  expect(readStoredSettings(forbidden)).toEqual(defaultSettings)
})

test('the text size stays between 90 and 140 percent, in steps of five', () => {
  const change = (fontScale: number) =>
    settingsReducer(defaultSettings, settingsChanged({ fontScale })).fontScale
  expect(change(3)).toBe(1.4)
  expect(change(0.1)).toBe(0.9)
  expect(change(1.13)).toBe(1.15)
  expect(change(Number.NaN)).toBe(1)
})
