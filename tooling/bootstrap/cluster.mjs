// @ts-check
import { ensureInfra } from './ensure-infra.mjs'
import { findMediaWorker } from './ensure-media-worker.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/** `npm run cluster`: gets what is missing, servers too, then runs the product over many processes until Ctrl-C. */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  await ensureWebClient(node)
  await ensureInfra({ isForCluster: true })
  const worker = findMediaWorker()
  const env = { ...process.env, ...(worker === undefined ? {} : { MEDIA_WORKER_BIN: worker }) }
  return runInForeground(node, ['tooling/cluster/main.ts', ...process.argv.slice(2)], { env })
})
