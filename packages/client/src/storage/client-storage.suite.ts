import { describe, expect, test } from 'vitest'
import type { OutboxEntry } from '../client.ts'
import type { ClientStorage } from './client-storage.ts'

const entry = (n: number): OutboxEntry => ({
  clientMessageId: `id-${n}`,
  roomId: 'room',
  text: `text ${n}`,
  createdAtMs: n,
  position: n,
  state: 'queued',
})
const session = {
  account: { userId: 'ada', handle: 'ada', isOperator: false, createdAt: 1 },
  sessionId: 'session',
}

/** What every storage of the client promises. `reopen` is a reload of the page: same device, new objects. */
export function describeClientStorage(name: string, open: () => { reopen: () => ClientStorage }): void {
  describe(`client storage: ${name}`, () => {
    test('the session survives a reload', async () => {
      const { reopen } = open()
      const first = reopen()
      expect(await first.loadSession()).toBeUndefined()
      await first.saveSession(session)
      await first.close()
      const second = reopen()
      expect(await second.loadSession()).toEqual(session)
      await second.close()
    })

    test('the outbox survives a reload, in sending order', async () => {
      const { reopen } = open()
      const first = reopen()
      const outbox = await first.openOutbox('ada')
      for (const n of [2, 10, 1]) await outbox.put(entry(n))
      await outbox.close()
      await first.close()
      const second = reopen()
      const again = await second.openOutbox('ada')
      expect((await again.list()).map((kept) => kept.position)).toEqual([1, 2, 10])
      await again.close()
      await second.close()
    })

    test('putting an entry again replaces it and removing it twice is harmless', async () => {
      const storage = open().reopen()
      const outbox = await storage.openOutbox('ada')
      await outbox.put(entry(1))
      await outbox.put({ ...entry(1), state: 'failed', failure: 'conflict' })
      expect(await outbox.list()).toEqual([{ ...entry(1), state: 'failed', failure: 'conflict' }])
      await outbox.remove('id-1')
      await outbox.remove('id-1')
      expect(await outbox.list()).toEqual([])
      await outbox.close()
      await storage.close()
    })

    test('accounts do not see each other', async () => {
      const storage = open().reopen()
      const ada = await storage.openOutbox('ada')
      const ben = await storage.openOutbox('ben')
      await ada.put(entry(1))
      expect(await ben.list()).toEqual([])
      await ada.close()
      await ben.close()
      await storage.close()
    })

    test('clearing leaves nothing of the account and keeps others', async () => {
      const { reopen } = open()
      const storage = reopen()
      await storage.saveSession(session)
      for (const userId of ['ada', 'ben']) {
        const outbox = await storage.openOutbox(userId)
        await outbox.put(entry(1))
        await outbox.close()
      }
      await storage.clear('ada')
      expect(await storage.loadSession()).toBeUndefined()
      const ada = await storage.openOutbox('ada')
      const ben = await storage.openOutbox('ben')
      expect(await ada.list()).toEqual([])
      expect(await ben.list()).toHaveLength(1)
      await ada.close()
      await ben.close()
      await storage.close()
    })
  })
}
