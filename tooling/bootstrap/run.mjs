// @ts-check
import { ensureInfra } from './ensure-infra.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/**
 * Runs one of the project's tools (`run.mjs FILE ARGS…`) under the right Node with everything installed; with `--servers`
 * before the file also MariaDB, Redis and Kafka, for tools that start the product over many processes.
 */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  await ensureWebClient(node)
  const [first, ...others] = process.argv.slice(2)
  if (first !== '--servers') return runInForeground(node, process.argv.slice(2))
  await ensureInfra({ isForCluster: true })
  return runInForeground(node, others)
})
