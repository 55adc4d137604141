import { randomInt } from 'node:crypto'

/** Without 0, 1, I, L and O, which look alike on paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const groups = 3
const groupLength = 4

/** How many codes somebody gets at once. */
const recoveryCodeCount = 10

/** Ten new codes as they are shown: `XXXX-XXXX-XXXX`, 59 random bits each. */
export function createRecoveryCodes(): string[] {
  const codes = new Set<string>()
  while (codes.size < recoveryCodeCount) codes.add(Array.from({ length: groups }, createGroup).join('-'))
  return [...codes]
}

function createGroup(): string {
  return Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** A typed code as it is compared: hyphens, spaces and small letters are forgiven. */
export function toRecoveryCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
