import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { takeDataFolder } from '../../services/all-in-one/src/data-folder.ts'
import { isFree } from './free-ports.ts'
import { readOptions, usage } from './read-options.ts'
import { createStatusBoard } from './show-status.ts'
import { startCluster } from './start-cluster.ts'

/** `npm run cluster` ends up here: the product over many processes of this machine until Ctrl-C. */
async function main(): Promise<void> {
  const { port, dataDir, gateways, chats, medias, isHelp } = readOptions(process.argv.slice(2), process.cwd())
  if (isHelp) return console.log(usage)
  // What it writes is its owner's alone, also in a folder that others may enter.
  process.umask(0o077)
  const asked = Promise.withResolvers<void>()
  let isAsked = false
  const ask = (): void => {
    // A second time: at once, and the members with us.
    if (isAsked) process.exit(1)
    isAsked = true
    asked.resolve()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // The bootstrap that started us is gone: nobody else would end us.
  process.once('disconnect', ask)
  process.channel?.unref()

  if (!(await isFree(port)))
    throw new ConfigError(`Port ${port} is in use: stop what uses it, or choose another one with --port.`)
  const folder = await takeDataFolder(dataDir)
  const board = createStatusBoard(process.stdout)
  const hasWorker = process.env['MEDIA_WORKER_BIN'] !== undefined
  if (!hasWorker) board.say('calls are off: npm run media:worker gets what they need')
  try {
    const starting = startCluster({
      dataDir,
      port,
      replicas: { gateway: gateways, chat: chats, media: hasWorker ? medias : 0 },
      env: visionSettings(process.env),
      onChange: (member) => board.show(member),
      stopWhen: asked.promise,
    })
    const cluster = await starting
    board.say(`data in ${dataDir}`)
    board.say(`ready ${cluster.url}`)
    await asked.promise
    board.say('stopping')
    await cluster.stop()
  } catch (error) {
    if (!isAsked) throw error
  } finally {
    folder.close()
  }
}

/** What the operator decides by the environment in either mode: everything else of a member is set up here. */
function visionSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.entries(env).filter(([name]) => name.startsWith('VISION_'))
  return Object.fromEntries(given.map(([name, value = '']) => [name, value]))
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 1
}
