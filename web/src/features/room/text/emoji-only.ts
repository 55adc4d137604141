/** Emoji alone are drawn large up to this many. */
const mostLarge = 3
const emoji =
  /^(?:\p{RI}\p{RI}|(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Emoji}\p{Emoji_Modifier})(?:\p{Emoji_Modifier}|\uFE0F|\u20E3|[\u{E0020}-\u{E007F}]|\u200D\p{Emoji}\uFE0F?\p{Emoji_Modifier}?)*)$/u

const segmenter = new Intl.Segmenter()

/** How many emoji a text of nothing but one to three emoji holds; 0 for every other text. */
export function countLargeEmoji(text: string): number {
  const trimmed = text.trim()
  // The longest emoji sequences have some 30 units.
  if (trimmed === '' || trimmed.length > mostLarge * 36 || /[\p{L}\p{Nd}]$/u.test(trimmed)) return 0
  let count = 0
  for (const { segment } of segmenter.segment(trimmed)) {
    if (segment.trim() === '') continue
    if (!emoji.test(segment)) return 0
    count += 1
    if (count > mostLarge) return 0
  }
  return count
}
