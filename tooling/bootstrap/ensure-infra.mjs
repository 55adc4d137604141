// @ts-check
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isDockerHere } from './docker-engine.mjs'
import { ensureKafkaJars, kafkaJarsAreHere } from './ensure-kafka-jars.mjs'
import { installPackages, mayInstallPackages } from './install-packages.mjs'
import { BootstrapError } from './project.mjs'
import { runQuietly } from './run-program.mjs'

/** Servers of a system often stand where the PATH of a user does not look. */
const moreFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
/** Whether one of these programs is on this machine. */
export const hasProgram = (/** @type {string[]} */ ...names) =>
  [...(process.env.PATH ?? '').split(delimiter), ...moreFolders].some((folder) =>
    names.some((name) => existsSync(join(folder, name))),
  )

/** Kafka runs on Java 17 or newer. */
async function hasJava() {
  if (!hasProgram('java')) return false
  const { output } = await runQuietly('java', ['-version'])
  return Number(/version "(\d+)/.exec(output)?.[1] ?? 0) >= 17
}

/**
 * @typedef {object} Need
 * @property {string} setting  the environment variable that names a server of somebody else's
 * @property {string} what
 * @property {string} advice
 * @property {() => Promise<string[][]>} listLacking  packages to install, each a list of names of which the first known one is taken
 */

/** @type {Need[]} */
const needs = [
  {
    setting: 'MYSQL_URL',
    what: 'MariaDB',
    advice: 'install MariaDB 10.11 or MySQL 8.4 (the programs; no service need run)',
    listLacking: async () =>
      hasProgram('mariadbd', 'mysqld') ? [] : [['mariadb-server-core', 'mariadb-server']],
  },
  {
    setting: 'REDIS_URL',
    what: 'Redis',
    advice: 'install Redis or Valkey 7 or newer',
    listLacking: async () =>
      hasProgram('redis-server', 'valkey-server') ? [] : [['redis-server', 'valkey-server']],
  },
  {
    setting: 'KAFKA_URL',
    what: 'Kafka',
    advice: 'install Java 17 or newer and Maven, which fetches Kafka',
    listLacking: async () => [
      ...((await hasJava())
        ? []
        : [['openjdk-21-jre-headless', 'openjdk-17-jre-headless', 'default-jre-headless']]),
      ...(kafkaJarsAreHere() || hasProgram('mvn') ? [] : [['maven']]),
    ],
  },
]

/**
 * Makes sure that MariaDB, Redis and Kafka can be started here, each unless the environment names one or a Docker engine
 * answers. On Debian and Ubuntu as root what is missing is installed; elsewhere one sentence says what to do. No service
 * of the system is started or touched.
 *
 * @param {{ isForCluster?: boolean }} [options]  a cluster starts its own servers, programs of this machine rather than
 *   containers: it can kill those and keep their data
 * @returns {Promise<void>} also when something is missing: tests that need it are then skipped and say so
 * @throws {BootstrapError} when something is missing for a cluster or under REQUIRE_INFRA=1
 */
export async function ensureInfra({ isForCluster = false } = {}) {
  const wanted = needs.filter(({ setting }) => isForCluster || (process.env[setting] ?? '') === '')
  if (wanted.length === 0 || (!isForCluster && (await isDockerHere()))) return
  if (await mayInstallPackages()) {
    const lacking = (await Promise.all(wanted.map(({ listLacking }) => listLacking()))).flat()
    if (lacking.length > 0) await installPackages('for tests and the cluster', lacking)
  }
  const elsewhere = (/** @type {string} */ setting) =>
    isForCluster ? 'start Docker' : `start Docker, or set ${setting}`
  const problems = []
  for (const { setting, what, advice, listLacking } of wanted) {
    if ((await listLacking()).length > 0)
      problems.push(`${what} is missing: ${advice}, or ${elsewhere(setting)}.`)
    else if (setting === 'KAFKA_URL') {
      const problem = await ensureKafkaJars()
      if (problem !== undefined) problems.push(`${problem} Or ${elsewhere(setting)}.`)
    }
  }
  if (problems.length === 0) return
  if (isForCluster && (await isDockerHere())) return
  if (isForCluster || process.env.REQUIRE_INFRA === '1') throw new BootstrapError(problems.join('\n'))
  for (const problem of problems) console.error(problem)
}
