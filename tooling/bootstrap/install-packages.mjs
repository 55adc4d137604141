// @ts-check
import { existsSync } from 'node:fs'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

const policyFile = '/usr/sbin/policy-rc.d'
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }

/** Only root installs packages, and we know only the systems with apt. */
export const mayInstallPackages = async () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/**
 * Installs packages of Debian or Ubuntu. Their services are not started, now or at the next start of the machine: we
 * run the programs ourselves. What could not be installed is found missing afterwards.
 *
 * @param {string} purpose
 * @param {string[][]} wanted  each a list of names, of which the first one that the system knows is taken
 */
export async function installPackages(purpose, wanted) {
  await step(`Looking for packages ${purpose} (apt-get update)`, () =>
    runQuietly('apt-get', ['update', '-qq'], { env }),
  )
  const packages = []
  for (const choices of wanted) packages.push(await findKnown(choices))
  await step(`Installing ${packages.join(', ')} ${purpose} (apt-get install)`, async () => {
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages]
    const { code, output } = await withoutServices(() => runQuietly('apt-get', args, { env }))
    if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'))
    if (existsSync('/run/systemd/system'))
      for (const name of packages.filter((name) => name.includes('server') || name === 'coturn'))
        await runQuietly('systemctl', ['disable', name])
  })
}

/** A name that other packages only mention is known too, but has nothing to show. */
async function findKnown(/** @type {string[]} */ choices) {
  for (const name of choices) {
    const { output } = await runQuietly('apt-cache', ['show', '--no-all-versions', name])
    if (output.includes(`Package: ${name}\n`)) return name
  }
  return choices[0] ?? ''
}

/**
 * Debian asks this file before it starts a service; 101 means no. One that is there already is left alone.
 *
 * @template T
 * @param {() => Promise<T>} install
 */
async function withoutServices(install) {
  if (existsSync(policyFile)) return install()
  await writeFile(policyFile, '#!/bin/sh\nexit 101\n')
  await chmod(policyFile, 0o755)
  try {
    return await install()
  } finally {
    await rm(policyFile, { force: true })
  }
}
