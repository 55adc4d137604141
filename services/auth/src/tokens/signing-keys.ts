import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'

/** One key of the set: the first signs, all verify. */
export interface SigningKey {
  /** The public key's fingerprint, so that the same key has the same name everywhere. */
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicPem: string
}

const maxKeys = 8
const pemBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/g

/** A new P-256 private key as PKCS #8 PEM. */
export function generateSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' })
}

/**
 * The keys of a PEM file with one to eight P-256 private keys. To change the key, put the new one before the old one
 * and take the old one out when its last token has ended (10 minutes).
 *
 * @throws {Error} when there is none, or one that is not P-256. The message never holds key material.
 */
export function parseSigningKeys(pem: string): readonly [SigningKey, ...SigningKey[]] {
  const [first, ...others] = (pem.match(pemBlock) ?? []).map(toSigningKey)
  if (first === undefined) throw new Error('no private key found in the signing key file')
  if (others.length >= maxKeys) throw new Error(`more than ${maxKeys} keys in the signing key file`)
  return [first, ...others]
}

function toSigningKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error('the signing key is not an EC key on P-256')
  const publicKey = createPublicKey(privateKey)
  const fingerprint = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }))
  return {
    kid: fingerprint.digest('base64url').slice(0, 16),
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }),
  }
}
