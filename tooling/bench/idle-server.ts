import { createServer } from 'node:http'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { systemClock } from '../../packages/platform/src/clock/clock.ts'
import { createScope } from '../../packages/platform/src/lifecycle/create-scope.ts'
import { createLogger } from '../../packages/platform/src/logging/logger.ts'
import { startAllInOne } from '../../services/all-in-one/src/start-all-in-one.ts'

/** A server to hold idle connections, in a process of its own: `idle-server.ts ws | socket.io | product`. */
setFlagsFromString('--expose-gc')
/** True because the flag has just put it there. */
const collectGarbage = runInNewContext('gc') as () => void

async function open(kind: string | undefined): Promise<{ url: string; dataDir?: string }> {
  if (kind === 'product') {
    const dataDir = await mkdtemp(join(tmpdir(), 'our-now-idle-'))
    const env = {
      GATEWAY_PORT: '0',
      GATEWAY_CONNECTIONS_PER_USER: '1000000',
      GATEWAY_CONNECTIONS_PER_ADDRESS: '1000000',
      GATEWAY_CONNECTS_BURST: '1000000',
    }
    const url = await startAllInOne(createScope(), {
      dataDir,
      env,
      clock: systemClock,
      log: createLogger('error'),
    })
    return { url, dataDir }
  }
  const httpServer = createServer()
  const options = { perMessageDeflate: false }
  const server =
    kind === 'ws'
      ? new WebSocketServer({ server: httpServer, ...options })
      : new Server(httpServer, { transports: ['websocket'], serveClient: false, ...options })
  server.on('connection', () => undefined)
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  /** True because a server that listens on a host has an address of this form. */
  return { url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}` }
}

process.on('message', () => void answer())

/** Resident memory in bytes after garbage was collected. */
async function answer(): Promise<void> {
  for (let n = 0; n < 3; n++) {
    collectGarbage()
    await wait(200)
  }
  process.send?.(process.memoryUsage.rss())
}

process.send?.(await open(process.argv[2]))
