import { systemClock } from '@our-now/platform/clock/clock.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { fileURLToPath } from 'node:url'
import { startAllInOne } from './start-all-in-one.ts'
import { takeDataFolder } from './data-folder.ts'
import { mediaAddressOf } from './media-address.ts'
import { seedDemo } from './demo/seed-demo.ts'
import type { Arguments } from './terminal/parse-arguments.ts'
import { readCertificate } from './tls/read-certificate.ts'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Takes the data folder, fills it for a demo if asked, starts everything and says where. `scope` ends it and lets the
 * folder go.
 *
 * @throws {ConfigError} with one sentence when it cannot start
 */
export async function runProduct(
  scope: Scope,
  given: Arguments,
  {
    env,
    log,
    say,
  }: { env: Readonly<Record<string, string | undefined>>; log: Logger; say: (line: string) => void },
): Promise<void> {
  const { dataDir, publicUrl } = given
  scope.own(await takeDataFolder(dataDir))
  const tls = await readCertificate(given.tls, { dataDir, publicUrl, nowMs: systemClock.now() })
  if (given.isDemo) for (const line of await seedDemo({ dataDir, log })) say(line)
  const url = await startAllInOne(scope, {
    dataDir,
    env: { ...mediaAddressOf(publicUrl), ...env, ...gatewaySettingsOf(given) },
    clock: systemClock,
    log,
    ...(tls === undefined ? {} : { tls }),
  })
  say(`data in ${dataDir}`)
  say(`ready ${publicUrl ?? url}`)
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
