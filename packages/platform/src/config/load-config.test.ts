import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { loadConfig } from './load-config.ts'
import { createSecret } from './secret.ts'

const schema = Type.Object({
  CHAT_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 4002,
    description: 'port of the internal door',
  }),
  CHAT_IS_QUIET: Type.Boolean({ default: false }),
  CHAT_TOKEN: Type.String({ minLength: 8, description: 'service token' }),
  CHAT_NOTE: Type.Optional(Type.String()),
})

test('names become camelCase, text becomes numbers and booleans, defaults fill in', () => {
  const config = loadConfig(schema, { CHAT_TOKEN: 'long enough', CHAT_IS_QUIET: 'true' })
  expect(config).toEqual({ chatPort: 4002, chatIsQuiet: true, chatToken: 'long enough' })
  expect(loadConfig(schema, { CHAT_TOKEN: 'long enough', CHAT_PORT: '0' }).chatPort).toBe(0)
})

test('every problem is told at once, by name and without the value', () => {
  const load = () => loadConfig(schema, { CHAT_PORT: 'hunter2', CHAT_IS_QUIET: 'perhaps' })
  expect(load).toThrow(ConfigError)
  expect(load).toThrow(
    /CHAT_PORT is not usable.*CHAT_IS_QUIET is not usable.*CHAT_TOKEN is missing \(service token\)/,
  )
  expect(load).not.toThrow('hunter2')
})

test('a secret shows itself only when asked', () => {
  const secret = createSecret('hunter2')
  expect(String(secret) + JSON.stringify({ secret })).not.toContain('hunter2')
  expect(secret.reveal()).toBe('hunter2')
})
