// @ts-check
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BootstrapError, cacheDir, projectDir } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

const stampFile = join(cacheDir, 'web-client.txt')
const sources = ['web', 'packages/client/src', 'packages/contracts/src', 'package-lock.json']
const leftOut = new Set(['node_modules', 'dist', 'test', '.DS_Store'])

/**
 * Builds the web client into `web/dist` when its sources have changed since the last build.
 *
 * @param {string} node
 */
export async function ensureWebClient(node) {
  const hash = createHash('sha256')
  for (const source of sources) await hashInto(hash, source)
  const key = hash.digest('hex')
  const built = await readFile(stampFile, 'utf8').catch(() => '')
  if (built === key && existsSync(join(projectDir, 'web/dist/index.html'))) return
  await step('Building the web client', async () => {
    const { code, output } = await runQuietly(node, [
      'node_modules/vite/bin/vite.js',
      'build',
      'web',
      '--logLevel',
      'warn',
    ])
    if (code !== 0)
      throw new BootstrapError(
        `The web client could not be built:\n${output.trim().split('\n').slice(-20).join('\n')}`,
      )
    await mkdir(cacheDir, { recursive: true })
    await writeFile(stampFile, key)
  })
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path  relative to the project
 */
async function hashInto(hash, path) {
  const absolute = join(projectDir, path)
  const entries = await readdir(absolute, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) {
    hash.update(path).update(await readFile(absolute))
    return
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (!leftOut.has(entry.name) && !entry.name.includes('.test.'))
      await hashInto(hash, `${path}/${entry.name}`)
}
