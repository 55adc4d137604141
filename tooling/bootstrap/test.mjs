// @ts-check
import { ensureBrowser } from './ensure-browser.mjs'
import { ensureNode } from './ensure-node.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { ensureWebClient } from './ensure-web-client.mjs'
import { runBootstrap } from './project.mjs'
import { runInForeground } from './run-program.mjs'

/** `npm test`: gets what is missing, a browser too, then runs every test. Arguments go to vitest. */
await runBootstrap(async () => {
  const node = await ensureNode()
  await ensurePackages(node, 'all')
  await ensureWebClient(node)
  const browser = await ensureBrowser()
  const env = { ...process.env, ...(browser === undefined ? {} : { CHROMIUM_PATH: browser }) }
  return runInForeground(node, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], { env })
})
