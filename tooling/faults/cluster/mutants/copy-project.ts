import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const thisProject = fileURLToPath(new URL('../../../../', import.meta.url))
const ourScope = '@our-now'
/** Made, not written: shared with the original. */
const made = ['.cache', 'web/dist']

/**
 * Copies the tree into an empty folder. Packages of others are links to this tree's; our own ones must
 * be the copy's, or the services would run unchanged code.
 */
export async function copyProject(to: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: thisProject,
    maxBuffer: 16 * 1024 * 1024,
  })
  for (const path of new Set(stdout.split('\0').filter((listed) => listed !== ''))) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    // Listed but removed a moment ago: it is no part of the tree any more.
    await cp(join(thisProject, path), join(to, path)).catch(() => undefined)
  }
  await linkPackages(to)
  for (const path of made) await symlink(join(thisProject, path), join(to, path))
}

async function linkPackages(to: string): Promise<void> {
  const [from, into] = [join(thisProject, 'node_modules'), join(to, 'node_modules')]
  await mkdir(join(into, ourScope), { recursive: true })
  for (const name of await readdir(from))
    if (name !== ourScope) await symlink(join(from, name), join(into, name))
  // Relative ones (`../../packages/client`), so that they point into the copy.
  for (const name of await readdir(join(from, ourScope)))
    await symlink(await readlink(join(from, ourScope, name)), join(into, ourScope, name))
}

/** Changes the copy as the patch says. @throws when the patch does not fit any more */
export const applyPatch = (copy: string, patch: string): Promise<unknown> =>
  run('git', ['apply', '--whitespace=nowarn', patch], { cwd: copy })
