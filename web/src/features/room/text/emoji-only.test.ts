import { expect, test } from 'vitest'
import { countLargeEmoji } from './emoji-only.ts'

test.each([
  ['😀', 1],
  ['👍🏽', 1],
  ['👨‍👩‍👧‍👦', 1],
  ['🇰🇷', 1],
  ['❤️', 1],
  ['🏳️‍🌈', 1],
  ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', 1],
  ['1️⃣', 1],
  ['😀 😀', 2],
  [' 😀😀😀 ', 3],
  ['😀😀😀😀', 0],
  ['좋아 😀', 0],
  ['7', 0],
  ['#', 0],
  ['', 0],
  ['ㅋㅋ', 0],
])('%s is %i large emoji', (text, count) => {
  expect(countLargeEmoji(text)).toBe(count)
})
