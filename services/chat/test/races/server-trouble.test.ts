import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { describeWithOwnMariadb } from '@our-now/testkit/infra/describe-with-own-mariadb.ts'
import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { codeOf } from '../start-chat.ts'
import { addPeople, aRoom, as, logOf, openReplica, type Replica } from './open-replicas.ts'

describeWithOwnMariadb('chat on a server in trouble', (mariadb) => {
  let replica: Replica
  let sender: ReturnType<typeof as>
  let roomId: string
  beforeAll(async () => {
    const rootUrl = await createMysqlDatabase(mariadb.url(), 'chat')
    // No privileges over the server: it may not write where it is read-only.
    await runStatements(mariadb.url(), [
      `create user chat@'127.0.0.1'`,
      `grant all on chat.* to chat@'127.0.0.1'`,
    ])
    replica = await openReplica(rootUrl.replace('root@', 'chat@'))
    const people = await addPeople(replica.api, 2)
    roomId = await aRoom(replica.api, people)
    sender = as(people[0] ?? '')
  })
  afterAll(() => replica.stop())
  const send = (clientMessageId = uuidv7()) =>
    replica.api.sendMessage(sender, { roomId, clientMessageId, text: 'hello' })

  test('while it is read-only sends are refused as unavailable and chat is not ready; then all goes on', async () => {
    await runStatements(mariadb.url(), ['set global read_only = 1'])
    const id = uuidv7()
    expect(await codeOf(send(id))).toBe('unavailable')
    await waitUntil(() => replica.unreadyReason()?.includes('read-only'))
    await runStatements(mariadb.url(), ['set global read_only = 0'])
    const backAt = performance.now()
    expect(await send(id)).toMatchObject({ repeated: false })
    await waitUntil(() => replica.unreadyReason() === undefined)
    expect(performance.now() - backAt).toBeLessThan(10_000)
  })

  test(
    'when it is killed under load nothing acknowledged is lost, and acks resume within 5 s',
    { timeout: 60_000 },
    async () => {
      const acked = new Map<string, number>()
      const over = new AbortController()
      const writers = Array.from({ length: 16 }, async () => {
        while (!over.signal.aborted) {
          const id = uuidv7()
          while (!over.signal.aborted) {
            const code = await codeOf(send(id).then(({ seq }) => acked.set(id, seq)))
            if (code === 'none') break
            expect(['unavailable', 'timeout', 'overloaded']).toContain(code)
            await new Promise((resolve) => setTimeout(resolve, 20))
          }
        }
      })
      for (let round = 0; round < 3; round += 1) {
        const before = acked.size
        await waitUntil(() => acked.size > before + 100, { timeoutMs: 10_000 })
        await mariadb.server().kill()
        await mariadb.startAgain()
        const backAt = performance.now()
        const then = acked.size
        await waitUntil(() => acked.size > then, { timeoutMs: 10_000 })
        expect(performance.now() - backAt).toBeLessThan(5_000)
      }
      over.abort()
      await Promise.all(writers)
      const log = await logOf(replica.database, roomId)
      const places = new Map(log.map((row) => [row.client_message_id, row.seq]))
      for (const [id, seq] of acked) expect(places.get(id)).toBe(seq)
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1))
      expect(new Set(log.map((row) => row.client_message_id)).size).toBe(log.length)
    },
  )
})
