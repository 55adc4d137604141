import { AppError } from '@our-now/platform/errors/app-error.ts'
import { hasAtMostGraphemes } from '../text/graphemes.ts'

/** Longest room name, in graphemes. */
const maxGraphemes = 50

/**
 * A room's name as it is stored: NFC, without outer white space. Empty: the room shows its members' names.
 *
 * @throws {AppError} name_invalid beyond 50 graphemes, and for control characters and broken UTF-16.
 */
export function normaliseRoomName(written: string): string {
  const name = written.isWellFormed() ? written.normalize('NFC').trim() : undefined
  if (name === undefined || /\p{Cc}|\u2028|\u2029/u.test(name) || !hasAtMostGraphemes(name, maxGraphemes)) {
    throw new AppError('name_invalid', 'A room name has at most 50 characters on one line.')
  }
  return name
}
