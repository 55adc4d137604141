import { AccessTokenClaims, accessTokenProfile } from '@our-now/contracts/access-token.ts'
import type { SignedIn } from '@our-now/contracts/auth.ts'
import jwt from 'jsonwebtoken'
import { generateKeyPairSync } from 'node:crypto'
import { checkValue } from '@our-now/platform/validation/check-value.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, aRegistration, startAuthStack, type AuthStack } from './support/auth-stack.ts'

let stack: AuthStack
let minsu: SignedIn
let key: { kid: string; pem: string }
beforeEach(async () => {
  stack = await startAuthStack()
  minsu = await stack.auth.register(anonymous(), aRegistration('minsu'))
  const { keys } = await stack.auth.listSigningKeys(anonymous(), {})
  key = keys[0] ?? { kid: '', pem: '' }
})
afterEach(() => stack.close())

/** As a gateway verifies, by the published key. */
const verify = (token: string) =>
  jwt.verify(token, key.pem, {
    algorithms: [accessTokenProfile.algorithm],
    issuer: accessTokenProfile.issuer,
    audience: accessTokenProfile.audience,
    clockTimestamp: stack.clock.now() / 1000,
    complete: true,
  })

describe('an access token', () => {
  test('says what the contract says and verifies by the published key', () => {
    const { header, payload } = verify(minsu.accessToken)
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
    const claims = checkValue(AccessTokenClaims, payload)
    expect(claims).toMatchObject({ sub: minsu.account.userId, sid: minsu.sessionId, op: true })
    expect(claims.exp - claims.iat).toBe(600)
    expect(minsu.accessTokenExpiresAt).toBe(claims.exp * 1000)
    expect(key.pem).not.toContain('PRIVATE')
  })

  test('of somebody else does not say operator, and no two are the same', async () => {
    const sora = await stack.auth.register(anonymous(), aRegistration('sora'))
    const again = await stack.auth.refresh(anonymous(), { refreshToken: sora.refreshToken })
    const [first, second] = [sora, again].map(({ accessToken }) => jwt.decode(accessToken, { json: true }))
    expect(first?.['op']).toBeUndefined()
    expect(first?.['jti']).not.toBe(second?.['jti'])
  })

  test('ends after ten minutes', () => {
    stack.clock.advance(600_000)
    expect(() => verify(minsu.accessToken)).toThrow('expired')
  })

  test('cannot be forged', () => {
    const [, payload = '', signature = ''] = minsu.accessToken.split('.')
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { ...jwt.decode(minsu.accessToken, { json: true }), op: true }
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const forged = [
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
      `${encode({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })}.${encode({ ...claims, sub: 'x' })}.${signature}`,
      jwt.sign(claims, key.pem.replaceAll('-----', ''), { algorithm: 'HS256' }),
      jwt.sign(claims, stranger, { algorithm: 'ES256', keyid: key.kid }),
      minsu.accessToken.slice(0, -2),
      `${minsu.accessToken.split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
    ]
    for (const token of forged) expect(() => verify(token), token).toThrow()
  })
})
