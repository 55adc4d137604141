import { AppError } from '@our-now/platform/errors/app-error.ts'
import { commonWords } from './common-passwords.ts'

const shortestAllDigits = 12
const fewestDifferent = 4
/** Keys and letters next to each other; each is also looked at backwards. */
const rows = [
  '0123456789012',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '!@#$%^&*()',
].flatMap((row) => [row, reversed(row)])
const shortestRun = 3
const longestCoveredBy = 3
const substitutes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Refuses what a guesser tries first. Length is bounded by the contract; there are no rules on kinds of characters.
 *
 * @throws {AppError} password_too_common for known words with decoration, runs of keys, repetitions, digits alone
 * (under 12: birthdays, phone numbers) and the account's own id.
 */
export function checkPassword(password: string, handle: string): void {
  const typed = password.normalize('NFC').toLowerCase()
  if (isMonotonous(typed) || isWalk(typed) || isKnownWord(typed, handle))
    throw new AppError('password_too_common')
}

function isMonotonous(typed: string): boolean {
  const isShortNumber = /^\d+$/.test(typed) && typed.length < shortestAllDigits
  return isShortNumber || new Set(typed).size < fewestDifferent || /^(.{1,4})\1+$/u.test(typed)
}

/** Whether it is nothing but up to three runs of neighbouring keys, such as `qwer1234`. */
function isWalk(typed: string): boolean {
  let rest = typed
  for (let run = 0; run < longestCoveredBy && rest.length > 0; run += 1) rest = rest.slice(lengthOfRun(rest))
  return rest.length === 0
}

function lengthOfRun(text: string): number {
  let length = 0
  for (let size = shortestRun; size <= text.length; size += 1)
    if (rows.some((row) => row.includes(text.slice(0, size)))) length = size
  return length
}

function isKnownWord(typed: string, handle: string): boolean {
  const words = [typed, bare(typed)].flatMap((word) => [word, plain(word)]).filter((word) => word !== '')
  const ownHandles = [handle, bare(handle), reversed(handle)]
  return words.some((word) => ownHandles.includes(word) || commonWords.has(word) || isTwice(word))
}

/** With letters for the signs that stand for them. */
function plain(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, (character) => substitutes[character] ?? character)
}

/** Without the digits and signs around it. */
function bare(text: string): string {
  return text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
}

function isTwice(word: string): boolean {
  const half = word.slice(0, word.length / 2)
  return word.length % 2 === 0 && half + half === word && commonWords.has(half)
}

/** Of ASCII text. */
function reversed(text: string): string {
  return text.split('').toReversed().join('')
}
