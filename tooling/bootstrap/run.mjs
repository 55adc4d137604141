// @ts-check
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/** Runs one of the project's tools (`run.mjs FILE ARGS…`) under the right Node with everything installed. */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  await ensureWebClient(node)
  return runInForeground(node, process.argv.slice(2))
})
