import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The key that wraps the data keys of people's faces, shared by all replicas of vision: made once in this folder, for its
 * owner alone. It has a folder of its own, so that no other service can read it.
 *
 * @returns where it is
 */
export async function makeVisionKey(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'vision-key')
  if (!existsSync(file)) await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return file
}
