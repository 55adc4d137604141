import { randomBytes } from 'node:crypto'

const keyBytes = 32

/** A new key as a line of a key file: 256 random bits in base64url. */
export function createKeyLine(): string {
  return `${randomBytes(keyBytes).toString('base64url')}\n`
}

/**
 * The keys of a file, one a line: the first is used for what is new, all for what is there, so that a key can be changed.
 *
 * @throws {Error} when a line holds no 256 bits, or there is none. The message never holds key material.
 */
export function parseKeyLines(content: string): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = content
    .split(/\s+/)
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64url'))
  if (first === undefined || [first, ...others].some((key) => key.length !== keyBytes))
    throw new Error('a key file needs exactly 32 bytes in base64url on each line')
  return [first, ...others]
}
