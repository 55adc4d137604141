// @ts-check
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDir } from './project.mjs'
import { step } from './progress.mjs'
import { runQuietly } from './run-program.mjs'

/** The same version stands in packages/testkit/src/infra/kafka.ts, which starts it. */
const kafkaVersion = '4.1.0'
const dependencies = [
  `org.apache.kafka:kafka_2.13:${kafkaVersion}`,
  // What it logs through.
  'org.apache.logging.log4j:log4j-slf4j-impl:2.25.1',
]
const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'

const folder = join(cacheDir, `kafka-${kafkaVersion}`)
const libs = join(folder, 'libs')
export const kafkaJarsAreHere = () => existsSync(libs)

/**
 * Fetches the jars of the Kafka broker into the project's cache, once, at exact versions with checked sums.
 *
 * @returns {Promise<string | undefined>} why it could not be done, in one sentence
 */
export async function ensureKafkaJars() {
  if (kafkaJarsAreHere()) return undefined
  return step(`Fetching Kafka ${kafkaVersion} (Maven)`, async () => {
    const partial = join(folder, 'libs-partial')
    await rm(partial, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const pomFile = join(folder, 'pom.xml')
    await writeFile(pomFile, pom())
    const options = ['-B', '-q', '--strict-checksums', '-f', pomFile]
    const scope = ['-DincludeScope=runtime', `-DoutputDirectory=${partial}`]
    const { code, output } = await runQuietly('mvn', [...options, copyGoal, ...scope])
    if (code === 0 && existsSync(join(partial, `kafka_2.13-${kafkaVersion}.jar`))) {
      await rename(partial, libs)
      return undefined
    }
    await rm(partial, { recursive: true, force: true })
    const said = output.split('\n').find((line) => line.startsWith('[ERROR]')) ?? 'it said nothing'
    return `Kafka ${kafkaVersion} could not be fetched with Maven (${said.slice(0, 200)}).`
  })
}

function pom() {
  const entries = dependencies.map((dependency) => {
    const [groupId, artifactId, version] = dependency.split(':')
    return `    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`
  })
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>our-now</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
${entries.join('\n')}
  </dependencies>
</project>
`
}
