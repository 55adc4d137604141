import { openSealed, seal } from '@our-now/platform/crypto/sealed-box.ts'
import { createHash } from 'node:crypto'

const idBytes = 8

/** Wraps and unwraps the data keys of people. Nothing else is ever encrypted with the keys of the file. */
export interface KeyWrapper {
  wrap(userId: string, dataKey: Buffer): Buffer
  /** @throws {Error} when it was wrapped for another person, with a key that is not there, or was changed */
  unwrap(userId: string, wrapped: Buffer): Buffer
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
