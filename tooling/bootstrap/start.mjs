// @ts-check
import { findMediaWorker } from './ensure-media-worker.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/** `npm start`: gets what is missing, then runs the whole product in one process. Arguments go to the product. */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'run')
  await ensureWebClient(node)
  const worker = findMediaWorker()
  const env = { ...process.env, ...(worker === undefined ? {} : { MEDIA_WORKER_BIN: worker }) }
  return runInForeground(node, ['services/all-in-one/src/main.ts', ...process.argv.slice(2)], { env })
})
