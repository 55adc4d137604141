import { beforeEach, expect, test } from 'vitest'
import { MysqlError } from './mysql-error.ts'
import { createStatementQueue, type StatementQueue } from './statement-queue.ts'

/** What was sent, each packet with its statements. */
let sent: string[][]
let failures: Map<string, Error>
let discarded: unknown[]
let queue: StatementQueue
beforeEach(() => {
  sent = []
  failures = new Map()
  discarded = []
  const answer = async (...statements: readonly { sql: string }[]): Promise<string[]> => {
    sent.push(statements.map(({ sql }) => sql))
    const failure = statements.map(({ sql }) => failures.get(sql)).find((error) => error !== undefined)
    if (failure !== undefined) throw failure
    return statements.map(({ sql }) => `answer to ${sql}`)
  }
  queue = createStatementQueue({
    isTransactional: true,
    send: async (statement) => (await answer(statement))[0],
    sendTogether: (statements) => answer(...statements),
    discard: (error) => discarded.push(error),
  })
})
const run = (...statements: string[]) => Promise.allSettled(statements.map((sql) => queue.run(sql, [])))
const deadlock = new MysqlError('ER_LOCK_DEADLOCK', 1213, 'deadlock')
const lost = new MysqlError('ECONNRESET', 0, 'reset')
const repeated = new MysqlError('ER_DUP_ENTRY', 1062, 'repeated')

test('statements asked for at once are sent at once after the first, each with its own answer', async () => {
  await run('BEGIN;')
  await run('select 1 for update')
  const answers = await run('a', 'b', 'c')
  await run('COMMIT;')
  expect(sent).toEqual([['select 1 for update'], ['a', 'b', 'c'], ['COMMIT;']])
  expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value)).toEqual([
    'answer to a',
    'answer to b',
    'answer to c',
  ])
})

test('a statement that takes locks, and the end, are sent alone and in their place', async () => {
  await run('first', 'a', 'b', 'select 2 for update', 'c', 'd', 'COMMIT;')
  expect(sent).toEqual([['first'], ['a', 'b'], ['select 2 for update'], ['c', 'd'], ['COMMIT;']])
})

test('a transaction that sent nothing ends without a word', async () => {
  await run('BEGIN;', 'COMMIT;', 'BEGIN;', 'ROLLBACK')
  expect(sent).toEqual([])
})

test('after a deadlock nothing more is sent, and the commit undoes and fails', async () => {
  failures.set('a', deadlock)
  const outcomes = await run('first', 'a', 'b', 'select 2 for update', 'COMMIT;')
  expect(sent).toEqual([['first'], ['a', 'b'], ['ROLLBACK']])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(4).fill('rejected')])
  const next = await run('BEGIN;', 'x', 'COMMIT;')
  expect(next.every(({ status }) => status === 'fulfilled')).toBe(true)
})

test('a constraint that a statement alone violated is the caller’s to judge; of several none may be committed', async () => {
  failures.set('a', repeated)
  await run('first')
  await run('a')
  await run('COMMIT;')
  expect(sent.at(-1)).toEqual(['COMMIT;'])
  await run('first', 'a', 'b')
  const [commit] = await run('COMMIT;')
  expect(commit?.status).toBe('rejected')
  expect(sent.at(-1)).toEqual(['ROLLBACK'])
})

test('a connection that is lost is thrown away, also in the commit', async () => {
  failures.set('a', lost)
  await run('a', 'b', 'ROLLBACK')
  expect(sent).toEqual([['a']])
  expect(discarded).toEqual([lost])
  failures.set('COMMIT;', lost)
  await run('BEGIN;', 'x', 'COMMIT;')
  expect(discarded.length).toBeGreaterThan(1)
})
