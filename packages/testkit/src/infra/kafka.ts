import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { loggingConfiguration, toServerProperties } from './kafka-settings.ts'
import { endOf, lastLines, spawnLogged, toInfraServer, waitUntilAnswering } from './server-process.ts'

/** The same version stands in tooling/bootstrap/ensure-kafka-jars.mjs, which fetches it. */
export const kafkaVersion = '4.1.0'

/** Where the project keeps the broker's jars; `tooling/bootstrap` fetches them. */
export const kafkaLibsDir = fileURLToPath(
  new URL(`../../../../.cache/kafka-${kafkaVersion}/libs`, import.meta.url),
)

const jvmOptions = ['-Xmx256m', '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']

/**
 * A real Kafka broker on 127.0.0.1, one process of Java 17 or newer. What it says is in `kafka.log` of its data folder.
 *
 * @throws {Error} when the jars or Java are missing, or it does not serve in time, with the end of its log
 */
export async function startKafka(options: StartServerOptions): Promise<InfraServer> {
  if (!existsSync(kafkaLibsDir))
    throw new Error(`the jars of Kafka ${kafkaVersion} are not in ${kafkaLibsDir}`)
  const port = options.port ?? (await findFreePort())
  const logDir = join(options.dataDir, 'log')
  await mkdir(logDir, { recursive: true })
  const propertiesFile = join(options.dataDir, 'server.properties')
  const controllerPort = await findFreePort()
  const advertised = options.advertised ?? `127.0.0.1:${port}`
  await writeFile(propertiesFile, toServerProperties({ port, controllerPort, advertised, logDir }))
  const loggingFile = join(options.dataDir, 'log4j2.xml')
  await writeFile(loggingFile, loggingConfiguration)
  const logFile = join(options.dataDir, 'kafka.log')
  const java = (mainClass: string, ...args: string[]) =>
    spawnJava(logFile, [...jvmOptions, `-Dlog4j2.configurationFile=${loggingFile}`, mainClass, ...args])

  if (!existsSync(join(logDir, 'meta.properties'))) {
    const format = await java('kafka.tools.StorageTool', ...formatArguments(propertiesFile))
    if ((await endOf(format)) !== 0) throw new Error(`Kafka's data folder: ${await lastLines(logFile)}`)
  }
  const alreadySaid = await sizeOf(logFile)
  const child = await java('kafka.Kafka', propertiesFile)
  const server = toInfraServer(child, { url: `kafka://127.0.0.1:${port}`, port })
  const isAnswering = async (): Promise<boolean> =>
    (await readFile(logFile)).subarray(alreadySaid).includes('Kafka Server started')
  await waitUntilAnswering(server, { name: 'Kafka', logFile, withinMs: options.readyWithinMs, isAnswering })
  return server
}

const clusterId = 'T3VyIE5vdyBvbmUgY2x1cw'
const formatArguments = (propertiesFile: string): string[] => [
  'format',
  '--cluster-id',
  clusterId,
  '--config',
  propertiesFile,
  '--ignore-formatted',
]

function spawnJava(logFile: string, args: readonly string[]): Promise<ChildProcess> {
  const java = findProgram('java')
  if (java === undefined) throw new Error('Java was not found: Kafka needs Java 17 or newer')
  return spawnLogged(java, ['-cp', join(kafkaLibsDir, '*'), ...args], logFile)
}

const sizeOf = async (file: string): Promise<number> => (await stat(file)).size
