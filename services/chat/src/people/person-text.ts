import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hasAtMostGraphemes } from '../text/graphemes.ts'

/** Longest display name and status message, in graphemes. */
const maxNameGraphemes = 40
const maxStatusGraphemes = 60

/**
 * Marks that change the direction of the text around them (embeddings, overrides, isolates, LRM, RLM, ALM). A name
 * stands inside other sentences, where an override would turn round what is not its own.
 */
const directionMark = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const lineOrControl = /[\p{Cc}\u2028\u2029]/u
/** Spaces, formatting marks (zero width) and the Hangul and braille blanks: nothing to read. */
const blank = /^[\s\p{Cf}\u115f\u1160\u3164\uffa0\u2800]*$/u

/**
 * A name as it is stored: NFC, without outer white space and direction marks. The marks are dropped and not refused:
 * they come along unseen when somebody pastes.
 *
 * @throws {AppError} name_invalid when there is nothing to read, beyond 40 graphemes, and for control characters and
 * broken UTF-16.
 */
export function normaliseDisplayName(written: string): string {
  const name = normaliseLine(written, maxNameGraphemes)
  if (name === undefined || blank.test(name)) {
    throw new AppError('name_invalid', undefined, { field: '/displayName' })
  }
  return name
}

/**
 * A status message as it is stored, by the rules of a name; it may be empty.
 *
 * @throws {AppError} name_invalid beyond 60 graphemes, and for control characters and broken UTF-16.
 */
export function normaliseStatusMessage(written: string): string {
  const status = normaliseLine(written, maxStatusGraphemes)
  if (status === undefined) {
    throw new AppError('name_invalid', 'A status message has at most 60 characters on one line.', {
      field: '/statusMessage',
    })
  }
  return blank.test(status) ? '' : status
}

function normaliseLine(written: string, maxGraphemes: number): string | undefined {
  if (!written.isWellFormed()) return undefined
  const line = written.replace(directionMark, '').normalize('NFC').trim()
  return lineOrControl.test(line) || !hasAtMostGraphemes(line, maxGraphemes) ? undefined : line
}
