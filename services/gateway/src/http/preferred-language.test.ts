import { expect, test } from 'vitest'
import { preferredLanguage } from './preferred-language.ts'

test.each([
  [undefined, undefined],
  ['', undefined],
  ['fr-FR,de;q=0.8', undefined],
  ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['fr,en;q=0.5,ko;q=0.7', 'ko'],
  ['ko;q=0,en', 'en'],
  ['*;q=nonsense;;,,ko', 'ko'],
])('%s asks for %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
