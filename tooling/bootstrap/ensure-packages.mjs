// @ts-check
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, delimiter, join } from 'node:path'
import { installProblem } from './ensure-node.mjs'
import { npmCli } from './npm-cli.mjs'
import { BootstrapError, cacheDir, projectDir } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

const stampFile = join(cacheDir, 'packages.json')

/**
 * Installs the packages of the lockfile when they are not there: `run` is what running needs, `all` adds what tests
 * and checks need. What is installed as `all` is never pruned to `run`.
 *
 * @param {string} node  the executable that npm runs under (native parts are chosen for it)
 * @param {'run' | 'all'} scope
 */
export async function ensurePackages(node, scope) {
  const { output: nodeVersion } = await runQuietly(node, [
    '-p',
    'process.versions.modules + process.platform + process.arch',
  ])
  const key = createHash('sha256')
    .update(await readFile(join(projectDir, 'package-lock.json')))
    .update(nodeVersion)
    .digest('hex')
  const stamp = await readStamp()
  const isInstalled = existsSync(join(projectDir, 'node_modules')) && stamp?.key === key
  if (isInstalled && (stamp?.scope === 'all' || stamp?.scope === scope)) return
  const wanted = stamp?.scope === 'all' ? 'all' : scope
  await step(
    wanted === 'all' ? 'Installing packages for running and testing' : 'Installing packages',
    async () => {
      const args = [
        'ci',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        // What we use ships its binaries; nothing may compile or download at install time.
        '--ignore-scripts',
        ...(wanted === 'run' ? ['--omit=dev'] : ['--include=dev']),
      ]
      const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
      const { code, output } = await runQuietly(node, [npmCli(), ...args], { env })
      if (code !== 0) throw new BootstrapError(installProblem(output, 'the packages'))
      await mkdir(cacheDir, { recursive: true })
      await writeFile(stampFile, JSON.stringify({ key, scope: wanted }))
    },
  )
}

/** @returns {Promise<{ key: string, scope: string } | undefined>} */
async function readStamp() {
  try {
    return JSON.parse(await readFile(stampFile, 'utf8'))
  } catch {
    return undefined
  }
}
