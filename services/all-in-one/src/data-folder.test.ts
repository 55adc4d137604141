import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeDataFolder } from './data-folder.ts'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'data-'))
})
afterEach(() => rm(parent, { recursive: true }))

test('a folder is made, held by one, and free again afterwards', async () => {
  const path = join(parent, 'deep/data')
  const folder = await takeDataFolder(path)
  await expect(takeDataFolder(path)).rejects.toThrow('in use by another Our Now')
  folder.close()
  const again = await takeDataFolder(path)
  again.close()
})

test('a file in the way is told in a sentence', async () => {
  const path = join(parent, 'file')
  await writeFile(path, '')
  await expect(takeDataFolder(path)).rejects.toThrow('is not a folder')
})
