import { expect, test } from 'vitest'
import { createLogger } from '../logging/logger.ts'
import { ConfigError } from '../config/config-error.ts'
import { createMemorySocketHub } from './memory-socket-hub.ts'
import { openSocketHub } from './open-socket-hub.ts'
import { describeSocketHub } from './socket-hub.suite.ts'

const log = createLogger('silent')

describeSocketHub('memory', async () => {
  const hub = createMemorySocketHub({ log })
  return { publisher: hub, subscriber: hub, settle: async () => undefined }
})

test('the hub is chosen by its url', async () => {
  await (await openSocketHub('memory:', { log })).close()
  await expect(openSocketHub('pigeon://loft', { log })).rejects.toThrow(ConfigError)
})
