// The Big List of Naughty Strings (MIT), as its package ships it.
import list from 'big-list-of-naughty-strings/blns.json' with { type: 'json' }

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))

/** What that list lacks and what a Korean chat meets. */
const ours: readonly string[] = [
  // Control characters one by one: C0, DEL and the beginning of C1.
  ...range(0x00, 0x1f).map((character) => `a${character}b`),
  'a\u007fb',
  'a\u0085b',
  // Lone surrogates: valid in a JavaScript string, not in UTF-8.
  'a\ud800b',
  'a\udc00b',
  '\udfff\ud83d',
  // Hangul decomposed (as macOS names files), with stray jamo, old Hangul, half-width forms.
  '한글'.normalize('NFD'),
  'ㅎㅏㄴㄱㅡㄹ',
  'ᄒᆞᆫ글',
  'ﾡﾢﾣ',
  '뷁뷁뷁',
  // Emoji that count as one grapheme and many code units.
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '👩🏽‍🚀👍🏿',
  'e' + '\u0301'.repeat(200),
  // Order and width: overrides, isolates, joiners, blanks that are not blank.
  '\u202eevil\u202c',
  '\u2066\u2067\u2069',
  '\u200b\u200b\u200b',
  '\u3164',
  '\ufeff',
  // Query and template fragments for the parts we stand on.
  `'; DROP TABLE messages; --`,
  `{"$gt":""}`,
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '[object Object]',
  '%00%0a%0d',
  '../../../etc/passwd',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '42["message:send",{}]',
  '451-["x",{"_placeholder":true,"num":0}]',
]

/** At least 515 strings that break things. */
export const naughtyStrings: readonly string[] = [...list, ...ours]
