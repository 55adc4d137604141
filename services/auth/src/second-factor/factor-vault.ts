import { openSealed, seal } from '@our-now/platform/crypto/sealed-box.ts'
import { createHmac, hkdfSync } from 'node:crypto'
import { toRecoveryCode } from './recovery-code.ts'

const keyBytes = 32
type Keys = readonly [Buffer, ...Buffer[]]

/**
 * What is stored of a second factor, so that a copy of the database alone gives nobody a code: the TOTP secret sealed,
 * recovery codes as keyed hashes. Both belong to one person and are worth nothing in another's row.
 */
export interface FactorVault {
  /** In base64. */
  sealSecret(userId: string, secret: Uint8Array): string
  /** @throws {Error} when it was sealed for somebody else or with a key that is not in the file, or was changed */
  openSecret(userId: string, sealed: string): Buffer
  /** What is stored of a recovery code: hex. */
  hashRecoveryCode(userId: string, typed: string): string
  /** What may be stored of it: one for each key of the file. */
  knownRecoveryHashes(userId: string, typed: string): readonly string[]
}

/** @param keys  The first seals and hashes, all open and compare. */
export function createFactorVault(keys: Keys): FactorVault {
  const sealing = keys.map((key) => derive(key, 'totp'))
  const hashing = keys.map((key) => derive(key, 'recovery'))
  const known = (userId: string, typed: string): string[] =>
    hashing.map((key) =>
      createHmac('sha256', key)
        .update(`${userId}/${toRecoveryCode(typed)}`)
        .digest('hex'),
    )
  return {
    sealSecret: (userId, secret) => {
      const [key = refuse()] = sealing
      return seal(key, aadOf(userId), secret).toString('base64')
    },
    openSecret: (userId, sealed) => {
      for (const key of sealing) {
        try {
          return openSealed(key, aadOf(userId), Buffer.from(sealed, 'base64'))
        } catch {
          // Sealed with another key of the file, or with none: the loop's end says so.
        }
      }
      return refuse()
    },
    hashRecoveryCode: (userId, typed) => known(userId, typed)[0] ?? refuse(),
    knownRecoveryHashes: known,
  }
}

const aadOf = (userId: string): string => `totp/${userId}`

/** One key for each use, so that none is ever used for two. */
function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `our-now second factor: ${use}`, keyBytes))
}

function refuse(): never {
  throw new Error('a second factor was not sealed with a key of the key file')
}
