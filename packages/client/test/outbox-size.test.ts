import { expect, test } from 'vitest'
import { maxMessageBytes, wireBytes } from '../src/outbox/message-size.ts'
import { openSignedIn, startServer } from './support/start-client.ts'

test('a message that no socket may carry fails at once instead of being tried for ever', async () => {
  const { client } = await openSignedIn(await startServer())
  const text = '👨‍👩‍👧‍👦'.repeat(3_000)
  expect(wireBytes(text)).toBeGreaterThan(maxMessageBytes)
  expect(await client.outbox.send(crypto.randomUUID(), text)).toMatchObject({
    state: 'failed',
    failure: 'message_too_long',
  })
  expect(client.connection.state().state).toBe('online')
})
