import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startKafkaContainer, startMysqlContainer, startRedisContainer } from './container-servers.ts'
import { isDockerHere } from './docker-engine.ts'
import { findProgram } from './find-program.ts'
import { toGivenServer } from './given-server.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { kafkaLibsDir, startKafka } from './kafka.ts'

export type InfraKind = 'mysql' | 'redis' | 'kafka'
export type FoundInfra = { readonly server: InfraServer } | { readonly reason: string }

interface Source {
  /** The environment variable that names a server of somebody else's. */
  readonly setting: string
  readonly startContainer: () => Promise<InfraServer>
  /** Why this machine cannot run it without Docker; undefined: it can. */
  readonly findLack: () => string | undefined
  readonly startHere: (options: StartServerOptions) => Promise<InfraServer>
}

const sources: { readonly [K in InfraKind]: Source } = {
  mysql: {
    setting: 'MYSQL_URL',
    startContainer: () => startMysqlContainer(),
    findLack: () => (findProgram('mariadbd', 'mysqld') === undefined ? 'no mariadbd' : undefined),
    startHere: async (options) => (await import('./mariadb.ts')).startMariadb(options),
  },
  redis: {
    setting: 'REDIS_URL',
    startContainer: () => startRedisContainer(),
    findLack: () =>
      findProgram('redis-server', 'valkey-server') === undefined ? 'no redis-server' : undefined,
    startHere: async (options) => (await import('./redis.ts')).startRedis(options),
  },
  kafka: {
    setting: 'KAFKA_URL',
    startContainer: () => startKafkaContainer(),
    findLack: () => {
      if (findProgram('java') === undefined) return 'no java'
      return existsSync(kafkaLibsDir) ? undefined : 'no jars of Kafka in .cache'
    },
    startHere: startKafka,
  },
}

/** Why this machine cannot run one of its own, to be killed and started again; undefined: it can. */
export const findLack = (kind: InfraKind): string | undefined => sources[kind].findLack()

/**
 * A real server for tests: the one that the environment names, else a container, else one of this machine in a folder
 * of its own, else the reason why there is none. Whoever asks stops it; a server of somebody else's goes on.
 *
 * @throws {Error} when it is there but does not start
 */
export async function findInfra(kind: InfraKind): Promise<FoundInfra> {
  const { setting, startContainer, findLack, startHere } = sources[kind]
  const url = process.env[setting]
  if (url !== undefined && url !== '') return { server: toGivenServer(url) }
  if (await isDockerHere()) return { server: await startContainer() }
  const lack = findLack()
  if (lack !== undefined) return { reason: `${lack} on this machine, no Docker engine, and no ${setting}` }
  return { server: await startInOwnFolder(kind, startHere) }
}

async function startInOwnFolder(kind: InfraKind, start: Source['startHere']): Promise<InfraServer> {
  const dataDir = await mkdtemp(join(tmpdir(), `our-now-${kind}-`))
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  try {
    const server = await start({ dataDir })
    const killNow = () => server.pid !== undefined && process.kill(server.pid, 'SIGKILL')
    process.once('exit', killNow)
    void server.ended.then(() => process.off('exit', killNow))
    return { ...server, stop: () => server.stop().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}
