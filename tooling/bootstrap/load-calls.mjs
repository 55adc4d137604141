// @ts-check
import { findBrowser } from './ensure-browser.mjs'
import { ensureMediaWorker } from './ensure-media-worker.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/**
 * `npm run load:calls`: gets the media worker where it is missing, then measures what it carries; with a Chromium of the
 * machine also what browsers see meanwhile.
 */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  const worker = await ensureMediaWorker(node)
  const browser = findBrowser()
  const env = {
    ...process.env,
    ...(worker === undefined ? {} : { MEDIA_WORKER_BIN: worker }),
    ...(browser === undefined ? {} : { CHROMIUM_PATH: browser }),
  }
  return runInForeground(node, ['services/media/load/main.ts', ...process.argv.slice(2)], { env })
})
