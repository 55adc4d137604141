import { systemClock } from '@our-now/platform/clock/clock.ts'
import { createLogger, type Logger } from '@our-now/platform/logging/logger.ts'
import { fileURLToPath } from 'node:url'
import { startAllInOne } from './create-all-in-one.ts'
import { takeDataFolder } from './data-folder.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { createStopper } from './stopper.ts'
import type { Arguments } from './terminal/parse-arguments.ts'
import type { Terminal } from './terminal/terminal.ts'
import { readCertificate } from './tls/read-certificate.ts'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Takes the data folder, fills it for a demo if asked, starts everything and says where.
 *
 * @returns the running product; `stop` ends it and lets the folder go
 * @throws {ArgumentError | ConfigError} with one sentence when it cannot start
 */
export async function runProduct(
  given: Arguments,
  env: Readonly<Record<string, string | undefined>>,
  { say }: Terminal,
): Promise<{ readonly log: Logger; stop(): Promise<void> }> {
  const { dataDir, publicUrl } = given
  const log = createLogger(env.LOG_LEVEL ?? 'warn')
  const folder = await takeDataFolder(dataDir)
  const stopper = createStopper()
  stopper.push(async () => folder.release())
  try {
    const tls = await readCertificate(given.tls, { dataDir, publicUrl, nowMs: systemClock.now() })
    if (given.isDemo) for (const line of await seedDemo({ dataDir, log })) say(line)
    const product = await startAllInOne({
      dataDir,
      env: { ...env, ...gatewaySettingsOf(given) },
      clock: systemClock,
      log,
      ...(tls === undefined ? {} : { tls }),
    })
    stopper.push(product.stop)
    say(`data in ${dataDir}`)
    say(`ready ${publicUrl ?? product.url}`)
    return { log, stop: stopper.stop }
  } catch (error) {
    await stopper.stop()
    throw error
  }
}

function gatewaySettingsOf({ host, port, publicUrl, trustProxy }: Arguments): Record<string, string> {
  return {
    GATEWAY_HOST: host,
    GATEWAY_PORT: String(port),
    GATEWAY_TRUST_PROXY: String(trustProxy),
    GATEWAY_STATIC_DIR: `${projectDir}web/dist`,
    GATEWAY_DOCS_DIR: `${projectDir}docs/protocol`,
    ...(publicUrl === undefined ? {} : { GATEWAY_PUBLIC_URL: publicUrl }),
  }
}
