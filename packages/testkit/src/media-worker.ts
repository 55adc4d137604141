import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

/** Must be mediasoup's version in services/media/package.json. */
const version = '3.27.1'

/**
 * The mediasoup worker that tests use: the one of MEDIA_WORKER_BIN, else the one that `npm test` put into the project's
 * cache. Undefined: none is here; tests say so and are skipped, or fail under REQUIRE_INFRA=1.
 */
export function findMediaWorker(): string | undefined {
  const places = [
    process.env['MEDIA_WORKER_BIN'],
    `${projectDir}.cache/mediasoup-worker-${version}-${process.platform}-${process.arch}`,
  ]
  const found = places.find((place) => place !== undefined && existsSync(place))
  if (found === undefined && process.env['REQUIRE_INFRA'] === '1')
    throw new Error('REQUIRE_INFRA: no media worker; npm run media:worker gets it')
  return found
}
