const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Whether `text` has at most `max` graphemes (what a person counts as one character). A grapheme has one UTF-16 unit
 * or more, so short texts need no counting, and counting ends at the limit.
 */
export function hasAtMostGraphemes(text: string, max: number): boolean {
  if (text.length <= max) return true
  let count = 0
  for (const _ of segmenter.segment(text)) {
    count += 1
    if (count > max) return false
  }
  return true
}
