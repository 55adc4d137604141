import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InfraServer } from './infra-server.ts'
import { startRedis } from './redis.ts'

/** A Redis that nobody else uses: it may be paused, killed and started again on its port. */
export interface OwnRedis {
  readonly url: string
  server(): InfraServer
  pause(): void
  resume(): void
  /** `kill -9`, and a new one after `downMs`: everything in it is gone. */
  restart(downMs?: number): Promise<void>
  close(): Promise<void>
}

export async function openOwnRedis(): Promise<OwnRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'our-now-own-redis-'))
  let server = await startRedis({ dataDir })
  const signal = (name: NodeJS.Signals): void => {
    if (server.pid !== undefined) process.kill(server.pid, name)
  }
  return {
    url: server.url,
    server: () => server,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    restart: async (downMs = 0) => {
      await server.kill()
      if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs))
      server = await startRedis({ dataDir, port: server.port })
    },
    close: async () => {
      await server.kill()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
