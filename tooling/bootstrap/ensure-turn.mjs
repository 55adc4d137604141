// @ts-check
import { hasProgram } from './ensure-infra.mjs'
import { installPackages, mayInstallPackages } from './install-packages.mjs'
import { BootstrapError } from './project.mjs'

const problem =
  'coturn is missing: calls over TURN are not tested. Install coturn (the program; no service need run).'

/**
 * Makes sure that a TURN server can be started here: on Debian and Ubuntu as root coturn is installed.
 *
 * @returns {Promise<void>} also without one: the tests that need it are then skipped and say so
 * @throws {BootstrapError} without one under REQUIRE_INFRA=1
 */
export async function ensureTurn() {
  if (hasProgram('turnserver')) return
  if (await mayInstallPackages()) await installPackages('for tests of calls', [['coturn']])
  if (hasProgram('turnserver')) return
  if (process.env.REQUIRE_INFRA === '1') throw new BootstrapError(problem)
  console.error(problem)
}
