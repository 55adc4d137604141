import { expect, test } from 'vitest'
import { createKeyLine, parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { createFactorVault } from './factor-vault.ts'

const open = (content: string) => createFactorVault(parseKeyLines(content))
const secret = Buffer.from('12345678901234567890')

test('a secret opens for its own person only, and is not seen in what is stored', () => {
  const vault = open(createKeyLine())
  const sealed = vault.sealSecret('ada', secret)
  expect(vault.openSecret('ada', sealed)).toEqual(secret)
  expect(Buffer.from(sealed, 'base64').includes(secret)).toBe(false)
  expect(() => vault.openSecret('ben', sealed)).toThrow('key file')
})

test('a new first key seals while the old one still opens; without the old one nothing opens', () => {
  const [old, fresh] = [createKeyLine(), createKeyLine()]
  const sealed = open(old).sealSecret('ada', secret)
  expect(open(fresh + old).openSecret('ada', sealed)).toEqual(secret)
  expect(() => open(fresh).openSecret('ada', sealed)).toThrow('key file')
  const hash = open(old).hashRecoveryCode('ada', 'ABCD-EFGH-JKMN')
  expect(open(fresh + old).knownRecoveryHashes('ada', 'abcd efgh jkmn')).toContain(hash)
  expect(open(fresh).knownRecoveryHashes('ada', 'ABCD-EFGH-JKMN')).not.toContain(hash)
})

test('the same recovery code of two people is stored differently', () => {
  const vault = open(createKeyLine())
  expect(vault.hashRecoveryCode('ada', 'ABCD')).not.toBe(vault.hashRecoveryCode('ben', 'ABCD'))
})
