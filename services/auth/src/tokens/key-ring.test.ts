import { createTestLog } from '@our-now/testkit/test-log.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyRing } from './key-ring.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = (mayCreate: boolean) =>
  createKeyRing({
    authSigningKeyFile: join(folder, 'signing.pem'),
    authRefreshKeyFile: join(folder, 'refresh'),
    authFactorKeyFile: join(folder, 'factor'),
    mayCreate,
    log: createTestLog(),
  })

test('keys that were made once are read by every later start', async () => {
  const [first, second] = [open(true), open(false)]
  expect(() => first.signingKeys()).toThrow(expect.objectContaining({ code: 'unavailable' }))
  await first.load()
  await second.load()
  expect(second.signingKeys()[0].kid).toBe(first.signingKeys()[0].kid)
  expect(second.refreshKey()).toEqual(first.refreshKey())
  const sealed = first.factorVault().sealSecret('ada', Buffer.from('secret'))
  expect(second.factorVault().openSecret('ada', sealed).toString()).toBe('secret')
})

test('a file that is missing or unusable is told by its setting, without its content', async () => {
  await expect(open(false).load()).rejects.toThrow(/^AUTH_SIGNING_KEY_FILE: .*ENOENT/)
  await open(true).load()
  await writeFile(join(folder, 'refresh'), 'c2hvcnQ')
  await expect(open(true).load()).rejects.toThrow(/^AUTH_REFRESH_KEY_FILE: (?!.*c2hvcnQ)/)
})
