import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Where an installed package lies: for its data files, which its `exports` do not name.
 *
 * @throws {Error} when it is not installed
 */
export function findPackageFolder(name: string): string {
  const folders = (require.resolve.paths(name) ?? []).map((path) => join(path, name))
  const found = folders.find((folder) => existsSync(join(folder, 'package.json')))
  if (found === undefined) throw new Error(`the package ${name} is not installed`)
  return found
}
