// @ts-check
import { ensureBrowser } from './ensure-browser.mjs'
import { ensureInfra } from './ensure-infra.mjs'
import { ensureMediaWorker } from './ensure-media-worker.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureTurn } from './ensure-turn.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'
import { withInfra } from './with-infra.mjs'

/**
 * `npm test`: gets what is missing, a browser and servers too, then runs every test against one MariaDB, Redis and Kafka.
 * Arguments go to vitest.
 */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  await ensureWebClient(node)
  const browser = await ensureBrowser()
  await ensureInfra()
  await ensureTurn()
  const worker = await ensureMediaWorker(node)
  return withInfra(node, (urls) => {
    const env = {
      ...process.env,
      ...urls,
      ...(browser === undefined ? {} : { CHROMIUM_PATH: browser }),
      ...(worker === undefined ? {} : { MEDIA_WORKER_BIN: worker }),
    }
    return runInForeground(node, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], { env })
  })
})
