import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { describeWithPrograms } from './describe-with-infra.ts'
import type { InfraServer } from './infra-server.ts'
import { startMariadb, type StartMariadbOptions } from './mariadb.ts'

/** A server of these tests alone: they may break it. There while hooks and tests run. */
export interface OwnMariadb {
  readonly server: () => InfraServer
  readonly url: () => string
  /** On the same port with the same data; after `server().kill()`. */
  readonly startAgain: () => Promise<void>
}

/** Tests that stop, kill or misconfigure a MariaDB server of this machine. */
export function describeWithOwnMariadb(
  name: string,
  tests: (mariadb: OwnMariadb) => void,
  options: Omit<StartMariadbOptions, 'dataDir' | 'port'> = {},
): void {
  describeWithPrograms(['mysql'], name, () => {
    let folder: string
    let server: InfraServer
    const start = async (port?: number): Promise<void> => {
      const where = {
        dataDir: join(folder, 'data'),
        bufferPoolMb: 64,
        ...(port === undefined ? {} : { port }),
      }
      server = await startMariadb({ ...where, ...options })
    }
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'our-now-own-mariadb-'))
      await start()
    })
    afterAll(async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    })
    tests({ server: () => server, url: () => server.url, startAgain: () => start(server.port) })
  })
}
