import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { runProduct } from './run-product.ts'
import { ArgumentError, parseArguments, usage } from './terminal/parse-arguments.ts'
import { terminal } from './terminal/terminal.ts'

/** `npm start` ends up here: the whole product in one process until Ctrl-C. */
try {
  const given = parseArguments(process.argv.slice(2), process.cwd())
  if (given.isHelp) terminal.say(usage)
  else {
    const product = await runProduct(given, process.env, terminal)
    const stop = (): void => void product.stop().then(() => process.exit())
    process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop)
    // The bootstrap that started us is gone: nobody else would end us.
    process.once('disconnect', stop)
    process.on('unhandledRejection', (reason) => {
      product.log.fatal({ err: reason }, 'unhandled rejection')
      process.exitCode = 1
      stop()
    })
  }
} catch (error) {
  if (!(error instanceof ArgumentError) && !(error instanceof ConfigError)) throw error
  terminal.complain(error.message)
  process.exit(1)
}
