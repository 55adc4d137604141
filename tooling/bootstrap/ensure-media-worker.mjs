// @ts-check
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BootstrapError, cacheDir, projectDir } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

/** Must be mediasoup's version in services/media/package.json. */
const version = '3.27.1'
const cached = join(cacheDir, `mediasoup-worker-${version}-${process.platform}-${process.arch}`)
const packageDir = join(projectDir, 'node_modules/mediasoup')
const downloaded = join(packageDir, 'worker/out/Release/mediasoup-worker')

/** The mediasoup worker that is here already, if any. Asks nobody and waits for nothing: `npm start` uses this. */
export function findMediaWorker() {
  const told = process.env.MEDIA_WORKER_BIN
  return [told, cached].find((path) => path !== undefined && existsSync(path))
}

/**
 * Gets the worker: mediasoup's own download, else built from source on Debian 12 as root (some minutes).
 *
 * @param {string} node  The Node that runs everything.
 * @returns {Promise<string | undefined>} undefined: none could be had; the tests of calls are then skipped, or fail
 * under REQUIRE_INFRA=1
 */
export async function ensureMediaWorker(node) {
  const found = findMediaWorker()
  if (found !== undefined) return found
  await mkdir(cacheDir, { recursive: true })
  for (const [title, get] of /** @type {const} */ ([
    ['Getting the media worker', () => download(node)],
    ['Building the media worker (about 6 minutes, once)', build],
  ]))
    try {
      await step(title, get)
      if (existsSync(cached)) return cached
    } catch {
      // The next way, or the advice below.
    }
  const advice =
    'No media worker could be had: calls are off. MEDIA_WORKER_BIN may name one of mediasoup 3.27.1.'
  if (process.env.REQUIRE_INFRA === '1') throw new BootstrapError(advice)
  console.error(advice)
  return undefined
}

/** With `PYTHON=false` mediasoup downloads and checks, and never begins to build. */
async function download(/** @type {string} */ node) {
  const env = { ...process.env, PYTHON: 'false' }
  delete env.MEDIASOUP_WORKER_BIN
  await runQuietly(node, ['npm-scripts.mjs', 'postinstall'], { cwd: packageDir, env })
  await keep(downloaded)
}

async function build() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new BootstrapError('only on Debian as root')
  const out = `${cached}.new`
  await runQuietly('bash', [join(projectDir, 'services/media/worker/build-worker.sh'), out], {})
  await keep(out)
  await rm(out)
}

async function keep(/** @type {string} */ from) {
  await copyFile(from, cached)
  await chmod(cached, 0o755)
}

// By hand: npm run media:worker
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const worker = await ensureMediaWorker(process.execPath)
  if (worker !== undefined) console.log(worker)
  else process.exitCode = 1
}
