import type { StartedTestContainer } from 'testcontainers'
import { findFreePort } from './free-port.ts'
import type { InfraServer } from './infra-server.ts'
import { kafkaVersion } from './kafka.ts'

/**
 * The servers as containers, for machines with a Docker engine. Whoever starts one stops it; testcontainers takes away
 * what was left behind. testcontainers is loaded only here: it is large, and most machines need it never.
 */
export async function startMysqlContainer(port?: number): Promise<InfraServer> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer('mysql:8.4')
    .withEnvironment({ MYSQL_ALLOW_EMPTY_PASSWORD: 'yes', MYSQL_ROOT_HOST: '%' })
    .withTmpFs({ '/var/lib/mysql': 'rw' })
    .withExposedPorts(exposed(3306, port))
    .withWaitStrategy(Wait.forLogMessage(/ready for connections.*port: 3306/))
    .start()
  return toServer('mysql', 'root@', container, 3306)
}

export async function startRedisContainer(port?: number): Promise<InfraServer> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer('valkey/valkey:8-alpine')
    .withExposedPorts(exposed(6379, port))
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .start()
  return toServer('redis', '', container, 6379)
}

/** A broker tells its clients where it is, so its port outside must be known before it starts. */
export async function startKafkaContainer(wantedPort?: number, advertised?: string): Promise<InfraServer> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const port = wantedPort ?? (await findFreePort())
  const container = await new GenericContainer(`apache/kafka:${kafkaVersion}`)
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${advertised ?? `127.0.0.1:${port}`}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    })
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start()
  return toServer('kafka', '', container, 9092)
}

/** Undefined: the engine chooses the port outside. */
const exposed = (container: number, host: number | undefined) =>
  host === undefined ? container : { container, host }

function toServer(
  scheme: string,
  user: string,
  container: StartedTestContainer,
  innerPort: number,
): InfraServer {
  const port = container.getMappedPort(innerPort)
  const ended = Promise.withResolvers<void>()
  const stop = async (timeout: number): Promise<void> => {
    await container.stop({ timeout })
    ended.resolve()
  }
  return {
    url: `${scheme}://${user}${container.getHost()}:${port}`,
    port,
    pid: undefined,
    ended: ended.promise,
    stop: () => stop(10_000),
    kill: () => stop(0),
  }
}
