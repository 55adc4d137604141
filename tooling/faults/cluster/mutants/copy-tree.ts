import { cp, mkdir, readdir, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const ownScope = '@our-now'
const leftOut = new Set(['node_modules', '.git', '.cache', '.turbo', 'dist', 'data'])

/**
 * Copies the project's sources to `to`, so that they can be changed there. What they depend on is shared with the
 * original by links, but the project's own packages are those of the copy.
 */
export async function copyTree(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (source) => !leftOut.has(basename(source)) || resolve(source) === resolve(from),
  })
  for (const shared of ['.cache', 'web/dist'])
    if (existsSync(join(from, shared))) await symlink(join(from, shared), join(to, shared))
  const [theirs, mine] = [join(from, 'node_modules'), join(to, 'node_modules')]
  await mkdir(mine)
  for (const name of await readdir(theirs))
    if (name !== ownScope) await symlink(join(theirs, name), join(mine, name))
  await mkdir(join(mine, ownScope))
  for (const group of ['packages', 'services', '.'])
    for (const name of group === '.' ? ['web'] : await readdir(join(to, group)))
      if (existsSync(join(to, group, name, 'package.json')))
        await symlink(join(to, group, name), join(mine, ownScope, name))
}
