import { AppError } from '@our-now/platform/errors/app-error.ts'

const maxGraphemes = 40
const controls = /\p{Cc}/u
/** Something that can be seen: neither space nor format character nor one of the blank Hangul fillers. */
const visible = /[^\p{C}\p{Z}\u115f\u1160\u3164\uffa0]/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A display name as it is stored: NFC, without outer whitespace.
 *
 * @throws {AppError} name_invalid when nothing of it can be seen, it holds control characters or over 40 graphemes.
 */
export function toDisplayName(typed: string): string {
  const name = typed.normalize('NFC').trim()
  const length = [...graphemes.segment(name)].length
  if (!visible.test(name) || controls.test(name) || length > maxGraphemes) throw new AppError('name_invalid')
  return name
}

/** A device name as it is stored: whatever a browser calls itself, without control characters. Never refused. */
export function toDeviceName(typed: string): string {
  return typed
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
}
