import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { runProcess } from '@our-now/platform/lifecycle/run-process.ts'
import { createLogger } from '@our-now/platform/logging/logger.ts'
import { runProduct } from './run-product.ts'
import { parseArguments, usage } from './terminal/parse-arguments.ts'

const log = createLogger(process.env.LOG_LEVEL ?? 'warn')
const say = (line: string): void => console.log(line)

/** `npm start` ends up here: the whole product in one process until Ctrl-C. */
async function main(): Promise<void> {
  const given = parseArguments(process.argv.slice(2), process.cwd())
  if (given.isHelp) return say(usage)
  // What it writes is its owner's alone, also in a folder that others may enter.
  process.umask(0o077)
  // The bootstrap that started us is gone: nobody else would end us.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // Listening to it must not keep the process once everything has stopped.
  process.channel?.unref()
  await runProcess(log, (scope) => runProduct(scope, given, { env: process.env, log, say }))
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
