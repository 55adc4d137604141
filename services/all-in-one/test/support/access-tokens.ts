import { accessTokenProfile } from '@our-now/contracts/access-token.ts'
import type { ErrorCode } from '@our-now/contracts/errors.ts'
import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A token that must not be believed, and what it is refused with. */
export interface BadToken {
  /** Absent: nothing is sent. */
  readonly token?: string
  readonly code: ErrorCode
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part = ''): object => JSON.parse(Buffer.from(part, 'base64url').toString()) as object

/**
 * Every way in which a token may be wrong, made from a good one with the very key of the product, so that nothing but
 * the fault can be the reason for the refusal.
 */
export async function makeBadTokens(
  dataDir: string,
  goodToken: string,
): Promise<Readonly<Record<string, BadToken>>> {
  const pem = await readFile(join(dataDir, 'signing-key.pem'), 'utf8')
  const privateKey = createPrivateKey(pem)
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })
  const [header, claims] = goodToken.split('.').slice(0, 2).map(decode)
  const nowSeconds = Math.floor(Date.now() / 1000)
  const es256 = (changedHeader: object, changedClaims: object): string => {
    const text = `${encode({ ...header, ...changedHeader })}.${encode({ ...claims, ...changedClaims })}`
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${text}.${signature.toString('base64url')}`
  }
  const unsigned = `${encode({ ...header, alg: 'none' })}.${encode({ ...claims })}.`
  const symmetric = `${encode({ ...header, alg: 'HS256' })}.${encode({ ...claims })}`
  const hmac = createHmac('sha256', publicPem).update(symmetric).digest('base64url')
  const refused = (token: string): BadToken => ({ token, code: 'unauthenticated' })
  return {
    'no token': { code: 'unauthenticated' },
    'a token that is none': refused('x.y.z'),
    'algorithm none': refused(unsigned),
    'HS256 with the public key as secret': refused(`${symmetric}.${hmac}`),
    'a changed claim': refused(
      goodToken.replace(/\.[^.]+\./, `.${encode({ ...claims, sub: crypto.randomUUID() })}.`),
    ),
    'another audience': refused(es256({}, { aud: accessTokenProfile.audience + '-files' })),
    'another issuer': refused(es256({}, { iss: 'somebody' })),
    'another typ': refused(es256({ typ: 'JWT' }, {})),
    'an expiry in the past': {
      token: es256({}, { iat: nowSeconds - 700, exp: nowSeconds - 100 }),
      code: 'token_expired',
    },
  }
}
