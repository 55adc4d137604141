import { expect, test } from 'vitest'
import type { ClientStorage, OutboxStore } from '../src/storage/client-storage.ts'
import { createMemoryStorage } from '../src/storage/memory-storage.ts'
import { roomId } from './support/contract-server.ts'
import { openSignedIn, startServer, until } from './support/start-client.ts'

/** A device whose outbox behaves otherwise. */
function storageWith(change: (store: OutboxStore) => Partial<OutboxStore>): ClientStorage {
  const memory = createMemoryStorage()
  return {
    ...memory,
    openOutbox: async (userId) => {
      const store = await memory.openOutbox(userId)
      return { ...store, ...change(store) }
    },
  }
}

test('what is written while the device reads its outbox goes out in its turn', async () => {
  const server = await startServer()
  // Every list is as old as it can be: of the moment when it was asked for, and told late.
  const storage = storageWith((store) => ({
    list: async () => {
      const listed = await store.list()
      await new Promise((resolve) => setTimeout(resolve, 15))
      return listed
    },
  }))
  const { client } = await openSignedIn(server, { storage })
  const texts = Array.from({ length: 12 }, (_, index) => `message ${index}`)
  for (const text of texts) {
    void client.outbox.send(roomId, text)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  await until(() => server.texts().length === texts.length)
  expect(server.texts()).toEqual(texts)
})

test('a message that the device refuses to keep is sent all the same', async () => {
  const server = await startServer()
  const storage = storageWith(() => ({
    put: async () => {
      throw new Error('the device is full')
    },
  }))
  const { client } = await openSignedIn(server, { storage })
  await client.outbox.send(roomId, 'first')
  await client.outbox.send(roomId, 'second')
  await until(() => server.texts().length === 2)
  expect(server.texts()).toEqual(['first', 'second'])
})
