// @ts-check
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { BootstrapError } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const fixedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

/**
 * The Chromium that the end-to-end tests drive: the one named by CHROMIUM_PATH, one of the machine, or on Debian and
 * Ubuntu as root the package `chromium` (with fonts for Korean and emoji, so that text has its real shape).
 *
 * @returns {Promise<string | undefined>} undefined: none; the end-to-end tests then say so and are skipped, or fail
 * under REQUIRE_INFRA=1
 */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== undefined) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step('Installing Chromium for the end-to-end tests (apt-get)', installByApt)
    const installed = findBrowser()
    if (installed !== undefined) return installed
  }
  const advice =
    'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM_PATH, to run the end-to-end tests.'
  if (process.env.REQUIRE_INFRA === '1') throw new BootstrapError(advice)
  console.error(advice)
  return undefined
}

/** @returns {string | undefined} the Chromium that is there already */
export function findBrowser() {
  const told = process.env.CHROMIUM_PATH
  if (told !== undefined && existsSync(told)) return told
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...fixedPaths].find(
    (path) => existsSync(path),
  )
}

async function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly('apt-get', ['update', '-qq'], { env })
  const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}
