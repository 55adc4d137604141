import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKeyFile } from './key-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('many starts at once agree on one key, readable by its owner alone', async () => {
  const path = join(folder, 'new', 'key')
  const contents = await Promise.all(
    Array.from({ length: 20 }, (_, index) => readKeyFile(path, () => `key ${index}`)),
  )
  expect(new Set(contents).size).toBe(1)
  expect(await readKeyFile(path, () => 'another')).toBe(contents[0])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'new'))).toEqual(['key'])
})

test('a missing file that may not be made is an error', async () => {
  await expect(readKeyFile(join(folder, 'key'))).rejects.toMatchObject({ code: 'ENOENT' })
})
