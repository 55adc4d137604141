import { accessTokenProfile } from '@our-now/contracts/access-token.ts'
import { protocolVersion } from '@our-now/contracts/socket.ts'
import jwt from 'jsonwebtoken'
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, createSocket, refusalOf, signUp, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
let privateKey: KeyObject
let publicPem: string
let kid: string
beforeAll(async () => {
  stack = await startStack()
  ada = await signUp(stack.url, 'ada')
  privateKey = createPrivateKey(await readFile(stack.signingKeyFile))
  publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })
  kid = String(jwt.decode(ada.accessToken, { complete: true })?.header.kid)
})
afterAll(() => stack.close())

const nowSeconds = (): number => Math.floor(stack.now() / 1000)
const claims = (changes: object = {}): object => ({
  iss: accessTokenProfile.issuer,
  aud: accessTokenProfile.audience,
  sub: ada.userId,
  sid: ada.sessionId,
  jti: randomUUID(),
  iat: nowSeconds(),
  exp: nowSeconds() + 600,
  ...changes,
})
const sign = (payload: object, header: object = {}, key: KeyObject = privateKey): string =>
  jwt.sign(payload, key, {
    algorithm: 'ES256',
    header: { alg: 'ES256', typ: accessTokenProfile.type, kid, ...header },
  })
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const without = (name: string): object => {
  const all: Record<string, unknown> = { ...claims() }
  delete all[name]
  return all
}
const other = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

const forgeries: readonly (readonly [string, () => string])[] = [
  ['nothing at all', () => 'x'],
  ['three empty parts', () => '..'],
  ['algorithm none', () => `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${encode(claims())}.`],
  [
    'algorithm None with a signature',
    () => `${encode({ alg: 'None', typ: 'at+jwt', kid })}.${encode(claims())}.c2ln`,
  ],
  ['HS256 with the public key as secret', () => hs256(claims())],
  ['another key under our kid', () => sign(claims(), {}, other())],
  ['another kid', () => sign(claims(), { kid: 'unknown' })],
  ['no kid', () => sign(claims(), { kid: undefined })],
  [
    'a key inside the token',
    () => sign(claims(), { kid: 'x', jwk: createPublicKey(privateKey).export({ format: 'jwk' }) }),
  ],
  ['a kid that is a path', () => sign(claims(), { kid: '../../etc/passwd' })],
  ['typ JWT', () => sign(claims(), { typ: 'JWT' })],
  ['no typ', () => sign(claims(), { typ: undefined })],
  ['another issuer', () => sign(claims({ iss: 'evil' }))],
  ['another audience', () => sign(claims({ aud: 'files' }))],
  ['several audiences', () => sign(claims({ aud: ['our-now', 'files'] }))],
  ['no expiry', () => sign(without('exp'))],
  ['no session', () => sign(without('sid'))],
  ['no subject', () => sign(without('sub'))],
  ['a subject that is no id', () => sign(claims({ sub: 'root' }))],
  ['an operator who says "yes"', () => sign(claims({ op: 'yes' }))],
  ['not valid before tomorrow', () => sign(claims({ nbf: nowSeconds() + 86_400 }))],
  ['a changed payload', () => changed(ada.accessToken)],
  ['a cut signature', () => ada.accessToken.slice(0, -10)],
]

/** The classic confusion: the public key, which anybody has, used as a shared secret. */
function hs256(payload: object): string {
  const signed = `${encode({ alg: 'HS256', typ: accessTokenProfile.type, kid })}.${encode(payload)}`
  return `${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`
}

function changed(token: string): string {
  const [header = '', , signature = ''] = token.split('.')
  return [header, encode(claims({ sub: randomUUID() })), signature].join('.')
}

const asked = async (token: string) =>
  (await call(stack.url, 'GET', '/api/me', { headers: { authorization: `Bearer ${token}` } })).body

test('a token made as auth makes it is believed', async () => {
  expect(await asked(sign(claims()))).toMatchObject({ userId: ada.userId })
})

describe.each(forgeries)('a token with %s', (_, forge) => {
  test('opens neither REST nor a socket', async () => {
    const token = forge()
    expect(await asked(token)).toMatchObject({ code: 'unauthenticated' })
    const socket = createSocket(stack.url, {
      origin: stack.url,
      auth: { accessToken: token, protocolVersion },
    })
    expect(await refusalOf(socket)).toMatchObject({ code: 'unauthenticated' })
  })
})

test('an expired token is told so that the client refreshes', async () => {
  const token = sign(claims({ iat: nowSeconds() - 700, exp: nowSeconds() - 1 }))
  expect(await asked(token)).toMatchObject({ code: 'token_expired' })
  const socket = createSocket(stack.url, { origin: stack.url, auth: { accessToken: token, protocolVersion } })
  expect(await refusalOf(socket)).toMatchObject({ code: 'token_expired' })
})

test.each([
  ['Basic eDp5'],
  ['Bearer'],
  ['bearer x.y.z'],
  [`Bearer ${'a'.repeat(3000)}.b.c`],
  ['Bearer a.b.c, Bearer d.e.f'],
])('the header %s is no token', async (authorization) => {
  const answer = await call(stack.url, 'GET', '/api/me', { headers: { authorization } })
  expect(answer.body).toMatchObject({ code: 'unauthenticated' })
})
