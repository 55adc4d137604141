import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../errors/app-error.ts'
import type { Database, Migration } from './database.ts'
import { idColumn, isUniqueViolation, jsonColumn, larger, lockRows } from './dialect.ts'

const rooms: Migration = {
  name: '0001-rooms',
  up: async (trx) => {
    await trx.schema.createTable('rooms', (table) => {
      idColumn(table, 'room_id').primary()
      table.bigInteger('last_seq').notNullable()
      table.boolean('is_pinned').notNullable().defaultTo(false)
      jsonColumn(table, 'body').nullable()
    })
  },
}
const aRoom = (number: number, lastSeq = 0) => ({
  room_id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  last_seq: lastSeq,
})

/**
 * What every database promises.
 *
 * @param open  Opens the same database each time within one test; `cleanUp` removes it.
 */
export function describeDatabase(
  name: string,
  prepare: () => Promise<{
    open(migrations: readonly Migration[]): Promise<Database>
    cleanUp(): Promise<void>
  }>,
): void {
  describe(`database: ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>
    let database: Database
    beforeEach(async () => {
      place = await prepare()
      database = await place.open([rooms])
    })
    afterEach(async () => {
      await database.close()
      await place.cleanUp()
    })
    const countRooms = async () => (await database.reader('rooms')).length

    test('a transaction commits and gives what its work gave', async () => {
      const given = await database.transaction(async (trx) => {
        await trx('rooms').insert(aRoom(1, 7))
        return 'done'
      })
      expect(given).toBe('done')
      expect(await database.reader('rooms').first()).toMatchObject(aRoom(1, 7))
    })

    test('a transaction that throws leaves nothing and throws the same error', async () => {
      const error = new AppError('room_full')
      const work = database.transaction(async (trx) => {
        await trx('rooms').insert(aRoom(1))
        throw error
      })
      await expect(work).rejects.toBe(error)
      expect(await countRooms()).toBe(0)
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      expect(await countRooms()).toBe(1)
    })

    test('a transaction without statements is fine, failed or not', async () => {
      expect(await database.transaction(async () => 1)).toBe(1)
      await expect(database.transaction(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    })

    test('a read sees every commit that finished before it', async () => {
      for (let seq = 1; seq <= 50; seq++) {
        await database.transaction((trx) => trx('rooms').insert(aRoom(seq)))
        expect(await countRooms()).toBe(seq)
      }
    })

    test('a read does not see what is not committed, a read inside the transaction does', async () => {
      await database.transaction(async (trx) => {
        await trx('rooms').insert(aRoom(1))
        expect(await trx('rooms')).toHaveLength(1)
        expect(await countRooms()).toBe(0)
      })
    })

    test('concurrent increments under a row lock lose nothing', async () => {
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      const increment = () =>
        database.transaction(async (trx) => {
          const row: { last_seq: number } = await lockRows(trx('rooms').where(aRoomId(1)), trx).first()
          await trx('rooms')
            .where(aRoomId(1))
            .update({ last_seq: row.last_seq + 1 })
          return row.last_seq + 1
        })
      const given = await Promise.all(Array.from({ length: 40 }, () => patiently(increment)))
      expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    })

    test('of statements sent together nothing is written when one of them fails the transaction', async () => {
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      const work = database.transaction(async (trx) => {
        await Promise.all([
          trx('rooms').insert(aRoom(2)),
          trx('rooms').insert(aRoom(1)),
          trx('rooms').insert(aRoom(3)),
        ])
      })
      await expect(work).rejects.toThrow()
      expect(await countRooms()).toBe(1)
    })

    test('statements sent together in a transaction run in the order they were sent', async () => {
      await database.transaction(async (trx) => {
        await Promise.all([
          trx('rooms').insert(aRoom(1, 1)),
          trx('rooms').where(aRoomId(1)).update({ last_seq: 2 }),
          trx('rooms').where(aRoomId(1)).increment('last_seq', 5),
        ])
      })
      expect(await database.reader('rooms').first('last_seq')).toMatchObject({ last_seq: 7 })
    })

    test('the same unique key is told from other errors', async () => {
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      const again: unknown = await database
        .transaction((trx) => trx('rooms').insert(aRoom(1)))
        .catch((error: unknown) => error)
      expect(isUniqueViolation(again)).toBe(true)
      expect(isUniqueViolation(new Error('another'))).toBe(false)
    })

    test('a thousand rows go in at once; an upsert moves numbers only up', async () => {
      const insert = (lastSeq: number) =>
        database.transaction((trx) =>
          trx('rooms')
            .insert(Array.from({ length: 1_000 }, (_, index) => aRoom(index, lastSeq)))
            .onConflict('room_id')
            .merge({ last_seq: larger(trx, 'rooms', 'last_seq') }),
        )
      await insert(5)
      await insert(3)
      expect(await database.reader('rooms').min({ low: 'last_seq' }).count({ all: '*' })).toEqual([
        { low: 5, all: 1_000 },
      ])
      await insert(9)
      expect(await database.reader('rooms').where({ last_seq: 9 })).toHaveLength(1_000)
    })

    test('numbers, booleans, null and any text come back as they went in', async () => {
      const body = JSON.stringify({ text: '안녕 👩‍👩‍👧‍👦 \u0000 \' " ? ?? :name' })
      const lastSeq = Number.MAX_SAFE_INTEGER
      await database.transaction((trx) => trx('rooms').insert([{ ...aRoom(1, lastSeq), body }, aRoom(2)]))
      const [one, two]: readonly Record<string, unknown>[] = await database.reader('rooms').orderBy('room_id')
      expect(one).toMatchObject({ last_seq: lastSeq, body })
      expect(two).toMatchObject({ body: null })
      expect(await database.reader('rooms').where({ body }).where('is_pinned', false)).toHaveLength(1)
    })

    test('an object where a value belongs is refused', async () => {
      const where = { room_id: { a: 1 } as unknown as string }
      await expect(database.reader('rooms').where(where)).rejects.toThrow()
      await expect(database.transaction((trx) => trx('rooms').where(where).del())).rejects.toThrow()
    })

    test('the reader cannot write and opens no transaction', async () => {
      await expect(database.reader('rooms').insert(aRoom(1))).rejects.toThrow()
      await expect((async () => database.reader.transaction(async () => undefined))()).rejects.toThrow(
        'only reads',
      )
    })

    test('errors do not repeat values', async () => {
      const error: unknown = await database
        .transaction((trx) => trx('rooms').insert({ ...aRoom(1), secret: 'hunter2' }))
        .catch((caught: unknown) => caught)
      expect(String(error)).toContain('rooms')
      expect(String(error)).not.toContain('hunter2')
    })

    test('many transactions at once each commit once', async () => {
      await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          patiently(() => database.transaction((trx) => trx('rooms').insert(aRoom(index)))),
        ),
      )
      expect(await countRooms()).toBe(200)
    })

    test('what was written is there after closing and opening again', async () => {
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      await database.close()
      database = await place.open([rooms])
      expect(await countRooms()).toBe(1)
    })

    test('closing waits for what was begun; afterwards everything is unavailable', async () => {
      const begun = database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      await database.close()
      await begun
      await expect(database.transaction(async () => 1)).rejects.toMatchObject({ code: 'unavailable' })
      expect(database.unreadyReason()).toBeDefined()
      await database.close()
    })

    test('migrations run once each, in the order of their names', async () => {
      const ran: string[] = []
      const step = (stepName: string): Migration => ({
        name: stepName,
        up: async () => void ran.push(stepName),
      })
      await database.close()
      database = await place.open([step('0003-c'), rooms, step('0002-b')])
      await database.close()
      database = await place.open([step('0003-c'), rooms, step('0002-b'), step('0004-d')])
      expect(ran).toEqual(['0002-b', '0003-c', '0004-d'])
    })

    test('a migration that fails leaves nothing of itself and is told', async () => {
      await database.close()
      const broken: Migration = {
        name: '0002-broken',
        up: async (trx) => {
          await trx('rooms').insert(aRoom(1))
          throw new Error('half way')
        },
      }
      await expect(place.open([rooms, broken])).rejects.toThrow('half way')
      database = await place.open([rooms])
      expect(await countRooms()).toBe(0)
    })

    test('a database of a newer version is refused in one sentence', async () => {
      await database.close()
      database = await place.open([rooms, { name: '0002-later', up: async () => undefined }])
      await database.close()
      await expect(place.open([rooms])).rejects.toThrow('newer version (0002-later)')
    })
  })
}

/** On a busy machine a place in the pool may come too late: refused with nothing written, so it is asked for again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unavailable') throw error
    }
  }
}

const aRoomId = (number: number) => ({ room_id: aRoom(number).room_id })

/**
 * What every database promises when its disk is full.
 *
 * @param fillDisk  Leaves no space, until the function it gives is called.
 */
export function describeFullDisk(
  name: string,
  prepare: () => Promise<{
    open(migrations: readonly Migration[]): Promise<Database>
    fillDisk(database: Database): Promise<() => Promise<void>>
  }>,
): void {
  describe(`full disk: ${name}`, () => {
    test('a full disk is storage_full with nothing written, and goes on when space returns', async () => {
      const place = await prepare()
      const database = await place.open([rooms])
      const countRooms = async () => (await database.reader('rooms')).length
      await database.transaction((trx) => trx('rooms').insert(aRoom(1)))
      const freeDisk = await place.fillDisk(database)
      // Many rows that fit a page each: on MariaDB 10.11 one large one has the server spin and end itself.
      const many = (from: number) =>
        Array.from({ length: 60 }, (_, at) => ({
          ...aRoom(from * 100 + at),
          body: JSON.stringify('x'.repeat(6_000)),
        }))
      const work = database.transaction(async (trx) => {
        await trx('rooms').insert(aRoom(2))
        await trx('rooms').insert(many(3))
      })
      await expect(work).rejects.toMatchObject({ code: 'storage_full' })
      const stubborn = database.transaction(async (trx) => {
        await trx('rooms')
          .insert(many(4))
          .catch(() => undefined)
        await trx('rooms').insert(aRoom(5))
      })
      await expect(stubborn).rejects.toMatchObject({ code: 'storage_full' })
      expect(await countRooms()).toBe(1)
      expect(database.unreadyReason()).toContain('storage_full')
      await freeDisk()
      await database.transaction((trx) => trx('rooms').insert([...many(6), ...many(7)]))
      expect(await countRooms()).toBe(121)
      expect(database.unreadyReason()).toBeUndefined()
      await database.close()
    })
  })
}
