import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateSigningKey, parseSigningKeys } from './signing-keys.ts'

test('a file may hold several keys: the first signs, and each keeps its name', () => {
  const [older, newer] = [generateSigningKey(), generateSigningKey()]
  const both = parseSigningKeys(`${newer}\n${older}`)
  expect(both.map(({ kid }) => kid)).toEqual([newer, older].map((pem) => parseSigningKeys(pem)[0].kid))
  expect(both[0].publicPem).toContain('BEGIN PUBLIC KEY')
  expect(both[0].publicPem).not.toContain('PRIVATE')
})

test('no key, another kind of key and a broken one are refused without showing them', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  const export8 = (key: typeof rsa) => key.export({ type: 'pkcs8', format: 'pem' })
  expect(() => parseSigningKeys('')).toThrow('no private key')
  expect(() => parseSigningKeys(export8(rsa))).toThrow('P-256')
  expect(() => parseSigningKeys(export8(p384))).toThrow('P-256')
  const broken = generateSigningKey().replace(/\n.{10}/, '\nAAAAAAAAAA')
  expect(() => parseSigningKeys(broken)).toThrow(/^(?!.*AAAAAAAAAA)/)
})
