import { maxMessageBytes, wireBytes } from '@our-now/client/outbox/message-size.ts'

/** What a message may hold: graphemes, and UTF-16 units as a bound on what is sent at all. */
const maxGraphemes = 10_000
const maxUnits = 40_000
/** From here on the composer shows how many are left. */
const counterFrom = 9_500

const segmenter = new Intl.Segmenter()

/** Characters as people count them: a flag, a family, a composed syllable are one each. */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

export interface MessageLength {
  readonly isBlank: boolean
  readonly isTooLong: boolean
  /** Graphemes left, told only near the limit; negative when there are too many. */
  readonly left?: number
}

/** Never counts a short text: a grapheme is at least one unit. */
export function measureMessage(text: string): MessageLength {
  const isBlank = text.trim() === ''
  if (text.length < counterFrom) return { isBlank, isTooLong: false }
  const count = countGraphemes(text)
  const isOversize = text.length > maxUnits || wireBytes(text) > maxMessageBytes
  const left = isOversize ? Math.min(maxGraphemes - count, -1) : maxGraphemes - count
  return { isBlank, isTooLong: left < 0, ...(count >= counterFrom || left < 0 ? { left } : {}) }
}
