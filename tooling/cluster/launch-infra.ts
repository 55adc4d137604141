import {
  startKafkaContainer,
  startMysqlContainer,
  startRedisContainer,
} from '@our-now/testkit/infra/container-servers.ts'
import { isDockerHere } from '@our-now/testkit/infra/docker-engine.ts'
import { findLack } from '@our-now/testkit/infra/find-infra.ts'
import type { InfraServer } from '@our-now/testkit/infra/infra-server.ts'
import { startKafka } from '@our-now/testkit/infra/kafka.ts'
import { startMariadb } from '@our-now/testkit/infra/mariadb.ts'
import { startRedis } from '@our-now/testkit/infra/redis.ts'
import { mkdir } from 'node:fs/promises'
import type { InfraName } from './cluster.ts'
import type { Running } from './keep-member.ts'

export interface InfraPlace {
  readonly dataDir: string
  readonly port: number
  readonly advertised: { readonly host: string; readonly port: number }
}

const kinds = { mariadb: 'mysql', redis: 'redis', kafka: 'kafka' } as const
const starters = { mariadb: startMariadb, redis: startRedis, kafka: startKafka }
const containers = {
  mariadb: startMysqlContainer,
  redis: startRedisContainer,
  kafka: startKafkaContainer,
}

/**
 * A server as a program of this machine, or, where the program is missing and a Docker engine answers, as a container:
 * that one keeps no data after its end and cannot be killed from here.
 */
export async function launchInfra(
  name: InfraName,
  { dataDir, port, advertised }: InfraPlace,
): Promise<Running> {
  const address = `${advertised.host}:${advertised.port}`
  const lack = findLack(kinds[name])
  if (lack !== undefined && (await isDockerHere())) return toRunning(await containers[name](port, address))
  if (lack !== undefined) throw new Error(`${name} cannot be started: ${lack} here, and no Docker engine`)
  await mkdir(dataDir, { recursive: true })
  return toRunning(await starters[name]({ dataDir, port, advertised: address }))
}

const toRunning = (server: InfraServer): Running => ({
  pid: server.pid,
  ended: server.ended,
  stop: () => server.stop(),
  output: () => '',
})
