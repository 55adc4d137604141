import { createHash, randomBytes } from 'node:crypto'
import { openSealed, seal } from './sealed-box.ts'

const keyBytes = 32
const idBytes = 8

/** Wraps and unwraps the data keys of people. Nothing else is ever encrypted with the keys of the file. */
export interface KeyWrapper {
  wrap(userId: string, dataKey: Buffer): Buffer
  /** @throws {Error} when it was wrapped for another person, with a key that is not there, or was changed */
  unwrap(userId: string, wrapped: Buffer): Buffer
}

/** A new key: 256 random bits in base64url. */
export function generateServiceKey(): string {
  return `${randomBytes(keyBytes).toString('base64url')}\n`
}

/** @throws {Error} when a line holds no 256 bits. The message never holds key material. */
export function parseServiceKeys(content: string): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = content
    .split(/\s+/)
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64url'))
  if (first === undefined || [first, ...others].some((key) => key.length !== keyBytes))
    throw new Error('the vision key file needs exactly 32 bytes in base64url on each line')
  return [first, ...others]
}

/** @param keys  The first wraps, all unwrap: a wrapped key begins with the id of the key that it was wrapped with. */
export function createKeyWrapper(keys: readonly [Buffer, ...Buffer[]]): KeyWrapper {
  const byId = new Map(keys.map((key) => [idOf(key).toString('hex'), key]))
  return {
    wrap: (userId, dataKey) => Buffer.concat([idOf(keys[0]), seal(keys[0], aadOf(userId), dataKey)]),
    unwrap: (userId, wrapped) => {
      const key = byId.get(wrapped.subarray(0, idBytes).toString('hex'))
      if (key === undefined)
        throw new Error('the key that a data key was wrapped with is not in the key file')
      return openSealed(key, aadOf(userId), wrapped.subarray(idBytes))
    },
  }
}

const aadOf = (userId: string): string => `face-key/${userId}`
const idOf = (key: Buffer): Buffer =>
  createHash('sha256').update('vision-key-id').update(key).digest().subarray(0, idBytes)
