import { getChoseong } from 'es-hangul'

/** Only first consonants (초성), such as "ㄱㅁㅅ": nobody is called so, somebody searches so. */
const onlyConsonants = /^[ㄱ-ㅎ]+$/
/** A syllable still being typed: "민ㅅ" is on its way to "민수". */
const endsInConsonant = /^(.*[^ㄱ-ㅎ])([ㄱ-ㅎ]+)$/

/** Folds case, width and accents of composition away and drops spaces. */
function normaliseForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
}

/** Does what was typed occur in the text? Also by 초성, also while the last syllable is being typed. */
export function matchesText(text: string, query: string): boolean {
  // NFKC would turn compatibility consonants into something else: what is typed keeps its form.
  const typed = query.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '')
  if (typed === '') return true
  const whole = normaliseForSearch(text)
  if (onlyConsonants.test(typed)) return getChoseong(whole).includes(typed) || text.includes(typed)
  if (whole.includes(normaliseForSearch(typed))) return true
  const [, known, consonants] = endsInConsonant.exec(typed) ?? []
  if (known === undefined || consonants === undefined) return false
  return placesOf(whole, known).some((place) =>
    getChoseong(whole.slice(place + known.length)).startsWith(consonants),
  )
}

function placesOf(whole: string, part: string): readonly number[] {
  const places: number[] = []
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) places.push(at)
  return places
}
