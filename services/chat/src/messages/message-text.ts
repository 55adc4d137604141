import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hasAtMostGraphemes } from '../text/graphemes.ts'

/** Longest message, in graphemes. */
const maxGraphemes = 10_000

/** Control characters but newline and tab. They draw nothing, hide text in logs and terminals, and NUL ends strings. */
const forbiddenControl = /[^\P{Cc}\n\t]/u
/** Spaces, formatting marks (zero width, direction) and the Hangul and braille blanks: nothing to read. */
const blank = /^[\s\p{Cf}\u115f\u1160\u3164\uffa0\u2800]*$/u

/**
 * The text as it is stored: NFC, line ends as one newline, else exactly as written.
 *
 * @throws {AppError} message_empty when there is nothing to read; message_too_long beyond 10,000 graphemes;
 * invalid_request for control characters and broken UTF-16.
 */
export function normaliseMessageText(written: string): string {
  if (!written.isWellFormed()) throw refusedCharacters()
  const text = written.replace(/\r\n?/g, '\n').normalize('NFC')
  if (forbiddenControl.test(text)) throw refusedCharacters()
  if (blank.test(text)) throw new AppError('message_empty')
  if (!hasAtMostGraphemes(text, maxGraphemes)) throw new AppError('message_too_long')
  return text
}

const refusedCharacters = () =>
  new AppError('invalid_request', 'The text has characters that cannot be shown.', { field: '/text' })
