import { describeWithOwnMariadb } from '@our-now/testkit/infra/describe-with-own-mariadb.ts'
import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { startReplyDropper } from '@our-now/testkit/infra/reply-dropper.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError } from '../../config/config-error.ts'
import { createLogger } from '../../logging/logger.ts'
import type { Database, Migration, Transaction } from '../database.ts'
import { isDeadlock, isLockedOut, lockRows } from '../dialect.ts'
import { openDatabase } from '../open-database.ts'
import { runStatements } from './run-statements.ts'

const log = createLogger('silent')
const rooms: Migration = {
  name: '0001-rooms',
  up: async (trx) => {
    await trx.schema.createTable('rooms', (table) => {
      table.integer('id').primary()
      table.bigInteger('last_seq').notNullable()
      table.string('name', 100).unique()
    })
    await trx('rooms').insert([1, 2, 3, 4].map((id) => ({ id, last_seq: 0 })))
  },
}

describeWithOwnMariadb('a database on MySQL in trouble', (mariadb) => {
  let url: string
  let database: Database
  const open = (databaseUrl = url, migrations: readonly Migration[] = [rooms]) =>
    openDatabase(databaseUrl, { migrations, log, setting: 'CHAT_DATABASE_URL' })
  const asRoot = (...statements: string[]) => runStatements(mariadb.url(), statements)
  const lockRoom = (trx: Transaction, id: number) => lockRows(trx('rooms').where({ id }), trx)
  const addTo = (id: number) => (trx: Transaction) => trx('rooms').where({ id }).increment('last_seq', 1)
  const seqOf = async (id: number): Promise<number> =>
    ((await database.reader('rooms').where({ id }).first('last_seq')) as { last_seq: number }).last_seq

  /** A transaction that has the room's row until it is told to let go. */
  async function holdRoom(id: number): Promise<() => Promise<void>> {
    const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const holding = database.transaction(async (trx) => {
      await lockRoom(trx, id)
      locked.resolve()
      await released.promise
    })
    await locked.promise
    return () => {
      released.resolve()
      return holding
    }
  }

  beforeEach(async () => {
    // No privileges over the server: it may not write where it is read-only.
    const name = `d${randomUUID().slice(0, 8)}`
    const rootUrl = await createMysqlDatabase(mariadb.url(), name)
    await asRoot(
      `create user ${name}@'127.0.0.1' identified by 'pass word'`,
      `grant all on ${name}.* to ${name}@'127.0.0.1'`,
    )
    url = rootUrl.replace('root@', `${name}:pass%20word@`)
    database = await open()
  })
  afterEach(() => database.close())

  test('a server that may lose commits is refused with the statement that mends it', async () => {
    await asRoot('set global innodb_flush_log_at_trx_commit = 2')
    const opening = open()
    await expect(opening).rejects.toThrow(ConfigError)
    await expect(opening).rejects.toThrow(
      /^CHAT_DATABASE_URL: .*SET GLOBAL innodb_flush_log_at_trx_commit = 1/,
    )
    await waitUntil(() => database.unreadyReason()?.includes('SET GLOBAL innodb_flush'))
    await asRoot('set global innodb_flush_log_at_trx_commit = 1')
    await waitUntil(() => database.unreadyReason() === undefined)
  })

  test('a server that is away, a database that is not there and a wrong password are one sentence each', async () => {
    const sentences = await Promise.all(
      [url.replace(/:\d+\//, ':1/'), `${url}_not`, url.replace('pass', 'wrong')].map((wrong) =>
        open(wrong).catch((error: unknown) => error),
      ),
    )
    for (const error of sentences) expect(error).toBeInstanceOf(ConfigError)
    expect(sentences.map((error) => String(error))).toEqual([
      expect.stringMatching(/CHAT_DATABASE_URL: .* cannot be reached \(ECONNREFUSED\)/),
      expect.stringMatching(
        /CHAT_DATABASE_URL: .* no right to this database|CHAT_DATABASE_URL: .* no database of this name/,
      ),
      expect.stringMatching(/CHAT_DATABASE_URL: .* refuses this user or password/),
    ])
  })

  test('a url without a database, or with a setting nobody knows, is refused', async () => {
    await expect(open(mariadb.url())).rejects.toThrow(/^CHAT_DATABASE_URL: .*name of the database/)
    await expect(open(`${url}?pool=3`)).rejects.toThrow('"pool" is not known')
    await expect(open(`${url}?connections=1`)).rejects.toThrow('from 4 to 200')
  })

  test('a table that cannot do transactions is refused', async () => {
    await runStatements(url, ['create table old (id int) engine = Aria'])
    await expect(open()).rejects.toThrow('ALTER TABLE old ENGINE = InnoDB')
  })

  test('of processes that start at once one migrates', async () => {
    let ran = 0
    const slow: Migration = {
      name: '0002-slow',
      up: async (trx) => {
        ran++
        await trx.schema.createTable('slow', (table) => void table.integer('id').primary())
        await wait(100)
      },
    }
    const opened = await Promise.all([1, 2, 3].map(() => open(url, [rooms, slow])))
    expect(ran).toBe(1)
    for (const one of opened) await one.close()
  })

  test('a step that failed half way, or a process that was killed in it, leaves no table and is done anew', async () => {
    const half: Migration = {
      name: '0002-half',
      up: async (trx) => {
        await trx.schema.createTable('made', (table) => void table.integer('id').primary())
        throw new Error('half way')
      },
    }
    await expect(open(url, [rooms, half])).rejects.toThrow('half way')
    expect(await runStatements(url, [`show tables like 'made'`])).toEqual([])
    // As a killed process leaves it: the table and the note, no entry in the ledger.
    await runStatements(url, [
      `insert into unfinished_migrations values ('0002-half', '["applied_migrations","rooms","unfinished_migrations"]')`,
      'create table made (id int) engine = InnoDB',
    ])
    const whole: Migration = {
      name: '0002-half',
      up: (trx) => trx.schema.createTable('made', (table) => void table.integer('another').primary()),
    }
    await (await open(url, [rooms, whole])).close()
    expect(await runStatements(url, ['select another from made'])).toEqual([])
    expect(await runStatements(url, ['select * from unfinished_migrations'])).toEqual([])
  })

  test('after a deadlock nothing of the transaction is written, though statements were sent together', async () => {
    const bothLocked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const crosswise = (mine: number, others: number) =>
      database.transaction(async (trx) => {
        await lockRoom(trx, mine)
        bothLocked[mine - 1]?.resolve()
        await Promise.all(bothLocked.map(({ promise }) => promise))
        await Promise.all([lockRoom(trx, others), addTo(3)(trx), addTo(4)(trx)])
      })
    const outcomes = await Promise.allSettled([crosswise(1, 2), crosswise(2, 1)])
    const [failed] = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(isDeadlock(failed?.reason)).toBe(true)
    expect(failed?.reason).toMatchObject({ code: 'unavailable' })
    expect([await seqOf(3), await seqOf(4)]).toEqual([1, 1])
  })

  test('a statement that failed for good cannot be followed by a commit', async () => {
    const letGo = await holdRoom(1)
    const stubborn = database.transaction(async (trx) => {
      await addTo(2)(trx)
      await lockRoom(trx, 1).catch(() => undefined)
      await addTo(3)(trx).catch(() => undefined)
    })
    await expect(stubborn).rejects.toMatchObject({ code: 'unavailable' })
    await letGo()
    expect([await seqOf(2), await seqOf(3)]).toEqual([0, 0])
  })

  test('who waits for a lock for a second is refused; half of the pool may wait, the others go on', async () => {
    const narrow = await open(`${url}?connections=6`)
    const letGo = await holdRoom(1)
    const startedAt = performance.now()
    const wanting = () => narrow.transaction((trx) => lockRoom(trx, 1)).catch((error: unknown) => error)
    const first = [wanting(), wanting(), wanting()]
    await wait(600)
    const late = await wanting()
    const lateMs = performance.now() - startedAt - 600
    await narrow.transaction(addTo(2))
    const othersMs = performance.now() - startedAt - 600
    for (const error of [late, ...(await Promise.all(first))]) expect(isLockedOut(error)).toBe(true)
    const waitedMs = performance.now() - startedAt
    await letGo()
    await narrow.close()
    expect(lateMs).toBeLessThan(350)
    expect(othersMs).toBeLessThan(390)
    expect(waitedMs).toBeGreaterThan(900)
    expect(waitedMs).toBeLessThan(1_900)
  })

  test('a transaction whose process says nothing loses its locks to others and cannot commit', async () => {
    const locked = Promise.withResolvers<void>()
    const silent = database.transaction(async (trx) => {
      await addTo(1)(trx)
      locked.resolve()
      await wait(5_000)
      await addTo(2)(trx)
    })
    await locked.promise
    const startedAt = performance.now()
    const other = await open()
    await waitUntil(() => other.transaction((trx) => lockRoom(trx, 1)), { timeoutMs: 12_000 })
    const lockedMs = performance.now() - startedAt
    await expect(silent).rejects.toMatchObject({ code: 'unavailable' })
    expect(await seqOf(1)).toBe(0)
    await other.close()
    // MariaDB; MySQL has only the limit of 10 s for a silent session.
    expect(lockedMs).toBeLessThan(11_000)
  })

  test('a connection that is killed in a transaction writes nothing, and the next one works', async () => {
    const killed = database.transaction(async (trx) => {
      await addTo(1)(trx)
      const [[row]] = (await trx.raw('select connection_id() as id')) as [[{ id: number }]]
      await asRoot(`kill ${row.id}`)
      await addTo(2)(trx)
    })
    await expect(killed).rejects.toMatchObject({ code: 'unavailable' })
    await database.transaction(addTo(3))
    expect([await seqOf(1), await seqOf(2), await seqOf(3)]).toEqual([0, 0, 1])
  })

  test('when the answer to a commit is lost the outcome is unknown, and it may have been done', async () => {
    const dropper = await startReplyDropper(mariadb.server())
    const behind = await open(url.replace(/:\d+\//, `:${dropper.port}/`))
    const dropped = dropper.dropNextReplyTo('COMMIT;')
    await expect(behind.transaction(addTo(1))).rejects.toMatchObject({ code: 'timeout' })
    await dropped
    expect(await seqOf(1)).toBe(1)
    await behind.transaction(addTo(1))
    expect(await seqOf(1)).toBe(2)
    await behind.close()
    await dropper.close()
  })

  test('a server that turns read-only refuses writes as unavailable, and recovers by itself', async () => {
    await asRoot('set global read_only = 1')
    await expect(database.transaction(addTo(1))).rejects.toMatchObject({ code: 'unavailable' })
    await waitUntil(() => database.unreadyReason()?.includes('SET GLOBAL read_only = 0'))
    await expect(open()).rejects.toThrow('SET GLOBAL read_only = 0')
    await asRoot('set global read_only = 0')
    await database.transaction(addTo(1))
    await waitUntil(() => database.unreadyReason() === undefined)
    expect(await seqOf(1)).toBe(1)
  })

  test('a statement that takes too long is ended by the server', async () => {
    const startedAt = performance.now()
    await expect(database.reader.raw('select sleep(4)')).rejects.toMatchObject({ code: 'unavailable' })
    expect(performance.now() - startedAt).toBeLessThan(1_990)
  })

  test('a number that JavaScript cannot hold is an error, not another number', async () => {
    const reading = database.reader.raw('select cast(9007199254740993 as signed) as big')
    await expect(reading).rejects.toThrow('big holds a number')
  })

  test('text is compared byte by byte', async () => {
    const names = ['ada', 'Ada', 'áda', '가', '각', '👩‍👩‍👧‍👦', '👩‍👩‍👧']
    await database.transaction((trx) =>
      trx('rooms').insert(names.map((name, at) => ({ id: 10 + at, last_seq: 0, name }))),
    )
    expect(await database.reader('rooms').where({ name: 'ada' })).toHaveLength(1)
    const sorted = (await database
      .reader('rooms')
      .whereNotNull('name')
      .orderBy('name')
      .pluck('name')) as string[]
    expect(sorted).toEqual(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
  })

  test(
    'when the server was killed and is back everything goes on by itself',
    { timeout: 30_000 },
    async () => {
      await database.transaction(addTo(1))
      await mariadb.server().kill()
      await expect(database.transaction(addTo(1))).rejects.toMatchObject({ code: 'unavailable' })
      await waitUntil(() => database.unreadyReason()?.includes('unreachable'))
      await mariadb.startAgain()
      const backAt = performance.now()
      await waitUntil(() => database.transaction(addTo(1)).then(() => true), { timeoutMs: 10_000 })
      expect(performance.now() - backAt).toBeLessThan(5_000)
      await waitUntil(() => database.unreadyReason() === undefined, { timeoutMs: 10_000 })
      expect(await seqOf(1)).toBe(2)
    },
  )
})
