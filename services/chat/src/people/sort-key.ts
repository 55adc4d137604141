/** Beyond this many code points names sort by user id: a page cursor carries the key and is bounded. */
const keyCodePoints = 40

/**
 * What friend lists are sorted by, byte by byte: Hangul names first (for syllables code point order is 가나다), then
 * Latin letters, then everything else; inside a class the lower-cased name.
 *
 * @param displayName  NFC, not empty.
 */
export function toSortKey(displayName: string): string {
  const name = displayName.toLowerCase()
  return nameClass(name) + Array.from(name).slice(0, keyCodePoints).join('')
}

function nameClass(name: string): '0' | '1' | '2' {
  const first = name.codePointAt(0) ?? 0
  // Syllables, and the single letters that people also begin names with.
  if ((first >= 0xac00 && first <= 0xd7a3) || (first >= 0x3131 && first <= 0x318e)) return '0'
  return /^\p{Script=Latin}/u.test(name) ? '1' : '2'
}
