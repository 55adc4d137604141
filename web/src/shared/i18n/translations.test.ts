import { errorCodes } from '@our-now/contracts/errors.ts'
import { expect, test } from 'vitest'
import { browserLanguage, createI18n } from './create-i18n.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'

interface Words {
  readonly [key: string]: string | Words
}

const flat = (words: Words, path = ''): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()

test('both languages have the same keys; English has singular forms besides', () => {
  const keysOf = (words: Words) =>
    flat(words)
      .map(([key]) => key)
      .filter((key) => !key.endsWith('_one'))
      .sort()
  expect(keysOf(en)).toEqual(keysOf(ko))
})

test('a text names the same things in both languages, and none is empty', () => {
  const english = new Map(flat(en))
  for (const [key, text] of flat(ko)) {
    expect(text.trim(), key).not.toBe('')
    expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text))
  }
})

test('every error code has a sentence in both languages', () => {
  expect(Object.keys(ko.errors).sort()).toEqual(Object.keys(errorCodes).sort())
})

test('particles follow the names that are put in', () => {
  const { t } = createI18n('ko')
  expect(t('people.added', { name: '민수' })).toBe('민수님을 친구로 추가했습니다.')
  expect(t('common.unread', { count: 3 })).toBe('읽지 않은 메시지 3개')
})

test('English counts one and many', () => {
  const { t } = createI18n('en')
  expect(t('common.unread', { count: 1 })).toBe('1 unread message')
  expect(t('common.unread', { count: 2 })).toBe('2 unread messages')
})

test('a browser that speaks Korean gets Korean, all others English', () => {
  expect(browserLanguage(['ko-KR', 'en'])).toBe('ko')
  expect(browserLanguage(['en-US', 'ko'])).toBe('en')
  expect(browserLanguage(['fr'])).toBe('en')
  expect(browserLanguage([])).toBe('en')
})
