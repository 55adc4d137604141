import { findInfra, type InfraKind } from '@our-now/testkit/infra/find-infra.ts'

/**
 * Starts one MariaDB, Redis and Kafka for a whole run of tests, prints their urls as one line of JSON by setting, and
 * stops them when its standard input ends: also when whoever started it died.
 */
const settings: Readonly<Record<string, InfraKind>> = {
  MYSQL_URL: 'mysql',
  REDIS_URL: 'redis',
  KAFKA_URL: 'kafka',
}

// A terminal sends Ctrl-C to all; the tests that use the servers end first.
process.on('SIGINT', () => undefined)
const askedToEnd = new Promise<void>((resolve) => {
  process.on('SIGTERM', () => resolve())
  process.stdin.on('end', () => resolve()).on('error', () => resolve())
})
process.stdin.resume()

const found = await Promise.allSettled(
  Object.entries(settings).map(async ([setting, kind]) => ({ setting, ...(await findInfra(kind)) })),
)
const answers = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
const stopAll = async (): Promise<void> => {
  await Promise.all(answers.flatMap((answer) => ('server' in answer ? [answer.server.stop()] : [])))
}
const failure = found.find((one) => one.status === 'rejected')
if (failure === undefined) {
  const urls = answers.flatMap((answer) => ('server' in answer ? [[answer.setting, answer.server.url]] : []))
  process.stdout.write(`${JSON.stringify(Object.fromEntries(urls))}\n`)
  await askedToEnd
} else {
  console.error(failure.reason instanceof Error ? failure.reason.message : failure.reason)
  process.exitCode = 1
}
await stopAll()
process.stdin.destroy()
