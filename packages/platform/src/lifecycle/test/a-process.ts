import { ConfigError } from '../../config/config-error.ts'
import { createLogger } from '../../logging/logger.ts'
import { runProcess } from '../run-process.ts'

/** A process that says what it opens and closes, and ends in the way that its argument names. */
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const way = process.argv[2]

await runProcess(createLogger('info'), async (scope) => {
  if (way === 'impatient') scope.stopWithin(300)
  say('open database')
  scope.own({
    close: async () => {
      say('close database')
      if (way === 'stuck' || way === 'impatient') await new Promise(() => setInterval(() => undefined, 1_000))
    },
  })
  if (way === 'config') throw new ConfigError('CHAT_PORT is missing.')
  if (way === 'bug at start') throw new TypeError('bug')
  // What keeps a real process alive is its listener.
  const alive = setInterval(() => undefined, 1_000)
  await scope.start({
    start: async () => say('start chat'),
    stop: async () => {
      if (way !== 'leak') clearInterval(alive)
      say('stop chat')
    },
  })
  say('ready')
  if (way === 'rejection') void Promise.reject(new Error('forgotten'))
})
