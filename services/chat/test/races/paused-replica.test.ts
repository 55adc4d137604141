import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { createMysqlDatabase, dropMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { codeOf } from '../start-chat.ts'
import { addPeople, aRoom, as, logOf, openReplica, rounds, type Replica } from './open-replicas.ts'

const program = fileURLToPath(new URL('./paused-replica.ts', import.meta.url))

await describeWithInfra(['mysql'], 'a chat replica that is paused inside a transaction', (infra) => {
  const name = `paused_${randomUUID().slice(0, 8)}`
  let url: string
  let replica: Replica
  let people: string[]
  beforeAll(async () => {
    url = await createMysqlDatabase(infra.mysql.url, name)
    // One lane: what waits for the locked room must not keep the other rooms waiting.
    replica = await openReplica(url, { chatLanes: 1 })
    people = await addPeople(replica.api, 3)
  })
  afterAll(async () => {
    await replica.stop()
    await dropMysqlDatabase(infra.mysql.url, name)
  })

  test(
    'R3: its room is free again within 11 s, others never wait for it, and what it then commits is refused',
    { timeout: 60_000 * rounds(1, 30) },
    async () => {
      for (let round = 0; round < rounds(1, 30); round += 1) {
        const [roomId, otherId] = [await aRoom(replica.api, people), await aRoom(replica.api, people)]
        const sender = as(people[0] ?? '')
        const clientMessageId = uuidv7()
        const paused = spawn(process.execPath, [program, url, roomId, people[1] ?? '', clientMessageId], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const said: Record<string, unknown>[] = []
        createInterface({ input: paused.stdout }).on('line', (line) => {
          const word = JSON.parse(line) as Record<string, unknown>
          said.push(word)
          if (word['state'] === 'before commit') paused.kill('SIGSTOP')
        })
        await waitUntil(() => said.length > 0, { timeoutMs: 20_000 })
        const pausedAt = performance.now()

        const mine = { roomId, clientMessageId: uuidv7(), text: 'when will it be free?' }
        const free = new AbortController()
        let [slowestMs, sends] = [0, 0]
        const sendToOthers = async (): Promise<void> => {
          // Before the first second is over nobody knows that the room is locked out, and its lane waits.
          while (!free.signal.aborted) {
            const startedAt = performance.now()
            const code = await codeOf(
              replica.api.sendMessage(sender, {
                roomId: otherId,
                clientMessageId: uuidv7(),
                text: 'on we go',
              }),
            )
            expect(code).toBe('none')
            sends += 1
            if (startedAt - pausedAt > 1_500) slowestMs = Math.max(slowestMs, performance.now() - startedAt)
          }
        }
        const others = sendToOthers()
        await waitUntil(async () => (await codeOf(replica.api.sendMessage(sender, mine))) === 'none', {
          timeoutMs: 15_000,
          everyMs: 50,
        })
        const freeMs = performance.now() - pausedAt
        free.abort()
        await others
        expect(freeMs).toBeLessThan(11_000)
        expect(slowestMs).toBeLessThan(1_000)
        expect(sends).toBeGreaterThan(20)

        paused.kill('SIGCONT')
        await once(paused, 'exit')
        const [, ended, retried] = said
        expect(['timeout', 'unavailable']).toContain(ended?.['code'])
        // The zombie committed nothing: its retry is the first.
        expect(retried).toMatchObject({ state: 'retried', seq: 3, repeated: false })
        const log = await logOf(replica.database, roomId)
        expect(log.map((row) => row.client_message_id)).toEqual([null, mine.clientMessageId, clientMessageId])
      }
    },
  )
})
