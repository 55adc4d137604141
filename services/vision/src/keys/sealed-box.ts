import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM: nonce, ciphertext and tag in one. The nonce is random, which is safe for far more than the few values that
 * one key ever seals.
 *
 * @param aad  What the box belongs to: it opens for nothing else.
 */
export function seal(key: Buffer, aad: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(aad))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws {Error} when the key or what it belongs to is another, or a bit was changed */
export function openSealed(key: Buffer, aad: string, sealed: Uint8Array): Buffer {
  const box = Buffer.from(sealed)
  if (box.length < nonceBytes + tagBytes) throw new Error('a sealed box is cut off')
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(box.subarray(-tagBytes))
  return Buffer.concat([decipher.update(box.subarray(nonceBytes, -tagBytes)), decipher.final()])
}
