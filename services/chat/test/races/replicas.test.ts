import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import { appendToOutbox, outboxMigration } from '@our-now/platform/event-log/outbox.ts'
import { createOutboxRelay } from '@our-now/platform/event-log/outbox-relay.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { createMysqlDatabase, dropMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { startReplyDropper } from '@our-now/testkit/infra/reply-dropper.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { codeOf } from '../start-chat.ts'
import {
  addPeople,
  aRoom,
  as,
  logOf,
  openReplica,
  rounds,
  settled,
  upTo,
  type Replica,
} from './open-replicas.ts'

const raceMs = 30 * 60_000

await describeWithInfra(['mysql'], 'two chat replicas on one database', (infra) => {
  const name = `races_${randomUUID().slice(0, 8)}`
  let url: string
  let one: Replica
  let two: Replica
  let people: string[]
  beforeAll(async () => {
    url = await createMysqlDatabase(infra.mysql.url, name)
    ;[one, two] = await Promise.all([openReplica(url), openReplica(url)])
    people = await addPeople(one.api, 12)
  })
  afterAll(async () => {
    await Promise.all([one.stop(), two.stop()])
    await dropMysqlDatabase(infra.mysql.url, name)
  })
  const aSend = (roomId: string, text = 'hello') => ({ roomId, clientMessageId: uuidv7(), text })

  test(
    'R1: one id sent through both at once is one row, and both answers are equal',
    { timeout: raceMs },
    async () => {
      const roomIds = await Promise.all(upTo(5).map(() => aRoom(one.api, people)))
      const count = rounds(200, 10_000)
      for (let round = 0; round < count; round += 20) {
        await Promise.all(
          upTo(20).map(async (at) => {
            const send = aSend(roomIds[at % 5] ?? '')
            const sender = as(people[at % people.length] ?? '')
            const answers = await Promise.all([
              one.api.sendMessage(sender, send),
              two.api.sendMessage(sender, send),
            ])
            expect(
              new Set(answers.map(({ seq, ordinal, sentAt }) => `${seq} ${ordinal} ${sentAt}`)).size,
            ).toBe(1)
            expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
          }),
        )
      }
      let rows = 0
      for (const roomId of roomIds) {
        const log = await logOf(one.database, roomId)
        expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length))
        rows += log.length - 1
      }
      expect(rows).toBe(count)
    },
  )

  test(
    'R2: a commit whose answer was lost is unknown, and the retry elsewhere gets the place it has',
    { timeout: raceMs },
    async () => {
      const roomId = await aRoom(one.api, people)
      const dropper = await startReplyDropper(infra.mysql)
      const behind = await openReplica(url.replace(/:\d+\//, `:${dropper.port}/`))
      const sender = as(people[0] ?? '')
      for (let round = 0; round < rounds(5, 200); round += 1) {
        const send = aSend(roomId)
        const before = await behind.api.recentHeads({ traceId: 'test' }, {})
        const dropped = dropper.dropNextReplyTo('COMMIT;')
        const first = await codeOf(behind.api.sendMessage(sender, send))
        await dropped
        if (first === 'none') continue // The relay's commit was the one.
        expect(first).toBe('timeout')
        const elsewhere = await two.api.recentHeads({ traceId: 'test' }, {})
        const retry = await two.api.sendMessage(sender, send)
        expect(retry).toMatchObject({ repeated: true })
        // Should the first one never come back, whoever answered tells how far the room is.
        const told = await two.api.recentHeads(
          { traceId: 'test' },
          { epoch: elsewhere.epoch, since: elsewhere.position },
        )
        expect(told.rooms).toMatchObject([{ roomId, head: retry.seq }])
        expect(await behind.api.sendMessage(sender, send)).toEqual(retry)
        // Nobody pushed it, so gateways are made to look for themselves.
        const after = await behind.api.recentHeads(
          { traceId: 'test' },
          { epoch: before.epoch, since: before.position },
        )
        expect(after.epoch).not.toBe(before.epoch)
      }
      const log = await logOf(two.database, roomId)
      expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length))
      expect(new Set(log.map((row) => row.client_message_id)).size).toBe(log.length)
      await behind.stop()
      await dropper.close()
    },
  )

  test(
    'R4: an event that becomes visible after one with a higher id is sent too',
    { timeout: raceMs },
    async () => {
      const sent: string[] = []
      const eventLog = {
        append: async (events: readonly { key: string }[]) => void sent.push(...events.map(({ key }) => key)),
        subscribe: async () => ({ close: async () => undefined }),
        close: async () => undefined,
      }
      const event = (key: string) => ({
        type: 'auth.session-ended.v1' as const,
        key,
        data: { userId: key, sessionId: key },
      })
      // A database without chat's own relays.
      const outboxUrl = await createMysqlDatabase(infra.mysql.url, `${name}_outbox`)
      const log = createTestLog()
      const open = () => openDatabase(outboxUrl, { migrations: [outboxMigration], log })
      const [first, second] = [await open(), await open()]
      const relay = createOutboxRelay({ database: second, eventLog, clock, log })
      relay.start()
      for (let round = 0; round < rounds(20, 500); round += 1) {
        const [slow, quick] = [`slow ${round}`, `quick ${round}`]
        await first.transaction(async (trx) => {
          await appendToOutbox(trx, [event(slow)])
          await second.transaction((other) => appendToOutbox(other, [event(quick)]))
          relay.nudge()
          await waitUntil(() => sent.includes(quick), { timeoutMs: 2_500 })
        })
        relay.nudge()
        await waitUntil(() => sent.includes(slow))
      }
      await relay.stop()
      await Promise.all([first.close(), second.close()])
      await dropMysqlDatabase(infra.mysql.url, `${name}_outbox`)
    },
  )

  test(
    'R10: after a kick nothing of the kicked one is in the log, however the sends crossed',
    { timeout: raceMs },
    async () => {
      const [ada = '', ben = ''] = people
      const roomId = await aRoom(one.api, [ada, ben])
      const count = rounds(100, 5_000)
      const sendAsBen = (replica: Replica) => {
        const send = aSend(roomId)
        return settled(() => replica.api.sendMessage(as(ben), send))
      }
      for (let round = 0; round < count; round += 1) {
        const [near, far] = round % 2 === 0 ? [one, two] : [two, one]
        await Promise.all([
          ...upTo(3).map(() => sendAsBen(near)),
          settled(() => far.api.removeMember(as(ada), { roomId, userId: ben })),
          ...upTo(2).map(() => sendAsBen(far)),
        ])
        expect(await sendAsBen(one)).toBe('room_not_found')
        expect(await settled(() => two.api.inviteMembers(as(ada), { roomId, userIds: [ben] }))).toBe('none')
      }
      const log = await logOf(one.database, roomId)
      expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length))
      let isIn = true
      let kicks = 0
      for (const { kind } of log) {
        if (kind === 'member-left') {
          isIn = false
          kicks += 1
        }
        if (kind === 'members-joined') isIn = true
        if (kind === 'message-created') expect(isIn).toBe(true)
      }
      expect(kicks).toBe(count)
    },
  )

  test('R17: after an older state of the database came back, whoever is ahead of it begins anew', async () => {
    const [ada = ''] = people
    const roomId = await aRoom(one.api, people)
    for (const text of ['one', 'two']) await one.api.sendMessage(as(ada), aSend(roomId, text))
    const backup = `${name}_backup`
    await createMysqlDatabase(infra.mysql.url, backup)
    const tables = ['rooms', 'memberships', 'room_events', 'messages', 'user_heads', 'user_events']
    const copy = (from: string, to: string) =>
      runStatements(infra.mysql.url, [
        'set autocommit = 0',
        ...tables.flatMap((table) => [
          `delete from ${to}.${table}`,
          `insert into ${to}.${table} select * from ${from}.${table}`,
        ]),
        'commit',
      ])
    await runStatements(
      infra.mysql.url,
      tables.map((table) => `create table ${backup}.${table} like ${name}.${table}`),
    )
    await copy(name, backup)
    const have = (await two.api.sendMessage(as(ada), aSend(roomId, 'lost'))).seq
    const { head: userHead } = await two.api.syncUser(as(ada), { have: 0 })
    await two.api.leaveRoom(as(ada), { roomId: await aRoom(one.api, people), isQuiet: false })
    await copy(backup, name)

    const synced = await two.api.syncRooms(as(ada), { rooms: [{ roomId, have }] })
    expect(synced.rooms).toMatchObject([{ roomId, head: have - 1, reset: true, events: [] }])
    expect(await one.api.syncUser(as(ada), { have: userHead + 2 })).toMatchObject({ reset: true })
    // Life goes on from the older head, with places that are used once in this life.
    expect(await one.api.sendMessage(as(ada), aSend(roomId, 'again'))).toMatchObject({ seq: have })
    expect((await logOf(two.database, roomId)).map(({ seq }) => seq)).toEqual(upTo(have))
    await dropMysqlDatabase(infra.mysql.url, backup)
  })

  test(
    'R19: while everybody leaves, each send is in the log or refused, and none comes after its author went',
    { timeout: raceMs },
    async () => {
      for (let round = 0; round < rounds(10, 300); round += 1) {
        const members = people.slice(0, 4)
        const roomId = await aRoom(one.api, members)
        const acked: string[] = []
        const codes = await Promise.all(
          members.flatMap((userId, at) => {
            const [near, far] = at % 2 === 0 ? [one, two] : [two, one]
            const sendBy = (replica: Replica) => {
              const send = aSend(roomId)
              return settled(() =>
                replica.api.sendMessage(as(userId), send).then(() => acked.push(send.clientMessageId)),
              )
            }
            return [
              ...upTo(3).map(() => sendBy(near)),
              settled(() => far.api.leaveRoom(as(userId), { roomId, isQuiet: at % 3 === 0 })),
              ...upTo(2).map(() => sendBy(far)),
            ]
          }),
        )
        expect(codes.filter((code) => code !== 'none' && code !== 'room_not_found')).toEqual([])
        const log = await logOf(two.database, roomId)
        expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length))
        const gone = new Set<string>()
        for (const { kind, author_id: authorId } of log) {
          if (kind === 'message-created') expect(gone.has(authorId)).toBe(false)
          if (kind === 'member-left') gone.add(authorId)
        }
        const logged = new Set(log.map((row) => row.client_message_id))
        expect(acked.filter((id) => !logged.has(id))).toEqual([])
        expect(gone.size).toBe(members.length)
      }
    },
  )

  test('a connection that is killed in a transaction loses nothing that was acknowledged', async () => {
    const roomId = await aRoom(one.api, people)
    const killer = setInterval(() => {
      void runStatements(infra.mysql.url, [
        `select id from information_schema.processlist where db = '${name}' order by rand() limit 1`,
      ]).then(([row]) => row && runStatements(infra.mysql.url, [`kill ${row['id']}`]).catch(() => undefined))
    }, 10)
    const acked = new Map<string, number>()
    const codes = new Map<string, number>()
    const until = performance.now() + rounds(2_000, 30_000)
    await Promise.all(
      people.map(async (userId, at) => {
        while (performance.now() < until) {
          const send = aSend(roomId)
          for (;;) {
            const replica = Math.random() < 0.5 ? one : two
            const code = await codeOf(
              replica.api
                .sendMessage(as(userId), send)
                .then(({ seq }) => acked.set(send.clientMessageId, seq)),
            )
            codes.set(code, (codes.get(code) ?? 0) + 1)
            if (code === 'none') break
            expect(['unavailable', 'timeout', 'overloaded'], `person ${at}`).toContain(code)
          }
        }
      }),
    )
    clearInterval(killer)
    const log = await waitUntil(() => logOf(one.database, roomId))
    const places = new Map(log.map((row) => [row.client_message_id, row.seq]))
    for (const [id, seq] of acked) expect(places.get(id)).toBe(seq)
    expect(log.map(({ seq }) => seq)).toEqual(upTo(log.length))
    expect(acked.size).toBeGreaterThan(20)
    expect(codes.size).toBeGreaterThan(1)
  })
})
