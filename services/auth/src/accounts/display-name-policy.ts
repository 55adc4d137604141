import { AppError } from '@our-now/platform/errors/app-error.ts'

const maxGraphemes = 40
/** Marks that turn the direction of text around them; they come along unseen when somebody pastes. */
const directionMark = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const lineOrControl = /[\p{Cc}\u2028\u2029]/u
/** Spaces, marks without width and the blank Hangul and braille letters: nothing to read. */
const blank = /^[\s\p{Cf}\u115f\u1160\u3164\uffa0\u2800]*$/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A display name as it is stored: NFC, without outer white space and direction marks. The chat service holds profiles
 * to the same rules; here they only tell a person at sign-up what is wrong.
 *
 * @throws {AppError} name_invalid when there is nothing to read, it holds control characters or over 40 graphemes.
 */
export function toDisplayName(typed: string): string {
  const name = typed.replace(directionMark, '').normalize('NFC').trim()
  const isReadable = name.isWellFormed() && !blank.test(name) && !lineOrControl.test(name)
  if (!isReadable || [...graphemes.segment(name)].length > maxGraphemes)
    throw new AppError('name_invalid', undefined, { field: '/displayName' })
  return name
}

/** A device name as it is stored: whatever a browser calls itself, without control characters. Never refused. */
export function toDeviceName(typed: string): string {
  const name = typed
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
  return name.trim().slice(0, 120).toWellFormed()
}
