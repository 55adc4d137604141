import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { raisedBudgets } from '@our-now/testkit/raised-budgets.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import Sqlite from 'better-sqlite3'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { checkHistory, type LoggedRow, type Verdict } from './check-history.ts'
import { createRandom } from '@our-now/testkit/random.ts'
import { startTalker, type Talker } from './talker.ts'

export interface KillOptions {
  /** How many times the process is killed. */
  readonly kills: number
  readonly seed: number
  /** Told after each kill. */
  readonly onKill: (done: number, acked: number) => void
}

const talkerCount = 8
const roomCount = 4

/**
 * Kills the product with SIGKILL while people talk, starts it again on the same data folder, and in the end holds
 * what is on disk and what every client saw against the promise.
 */
export async function runKills({ kills, seed, onKill }: KillOptions): Promise<Verdict> {
  const random = createRandom(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'our-now-faults-'))
  const port = await findFreePort()
  const start = (): Promise<Product> => startProduct({ dataDir, port, env: raisedBudgets })
  let product = await start()
  const talkers: Talker[] = []
  try {
    talkers.push(...(await gather(product.url)))
    const acked = (): number => talkers.reduce((sum, talker) => sum + talker.history.acked.size, 0)
    for (let done = 1; done <= kills; done++) {
      const enough = acked() + 40
      await until(() => acked() >= enough, 'the talkers are acknowledged again')
      await wait(random() * 400)
      await product.kill()
      onKill(done, acked())
      product = await start()
    }
    await settle(talkers)
  } finally {
    for (const talker of talkers) talker.fallSilent()
    for (const { client } of talkers) await client.close()
    await product.stop()
  }
  const verdict = checkHistory(
    readLog(join(dataDir, 'chat.db')),
    talkers.map(({ history }) => history),
  )
  if (verdict.violations.length === 0) await rm(dataDir, { recursive: true, force: true })
  return verdict
}

/** Signs everybody up and puts them all into a few groups. */
async function gather(url: string): Promise<Talker[]> {
  const talkers: Talker[] = []
  for (let index = 0; index < talkerCount; index++) talkers.push(await startTalker(url, `talker-${index}`))
  const [host, ...guests] = talkers
  if (host === undefined) return talkers
  const rooms = []
  for (let index = 0; index < roomCount; index++)
    rooms.push(
      await host.client.api.createGroup({
        name: `room ${index}`,
        userIds: guests.map(({ userId }) => userId),
      }),
    )
  for (const talker of talkers) talker.talkIn(rooms)
  return talkers
}

/** Lets every outbox run empty and every client reach the head of every room. */
async function settle(talkers: readonly Talker[]): Promise<void> {
  for (const talker of talkers) talker.fallSilent()
  await until(() => talkers.every((talker) => talker.pending() === 0), 'every outbox is empty')
  const heads = new Map<string, number>()
  for (const { history } of talkers)
    for (const { roomId, seq } of history.acked.values())
      heads.set(roomId, Math.max(seq, heads.get(roomId) ?? 0))
  const isComplete = ({ client }: Talker): boolean =>
    [...heads].every(([roomId, head]) => (client.rooms.have(roomId) ?? 0) >= head)
  await until(() => talkers.every(isComplete), 'every client is complete')
}

/** The room log as it is on disk, read while nobody has it open. */
function readLog(file: string): LoggedRow[] {
  const database = new Sqlite(file, { readonly: true })
  const rows = database
    .prepare('select room_id, seq, author_id, client_message_id from room_events order by room_id, seq')
    .all()
  database.close()
  /** True because these are the columns of the statement. */
  return (
    rows as { room_id: string; seq: number; author_id: string; client_message_id: string | null }[]
  ).map((row) => ({
    roomId: row.room_id,
    seq: row.seq,
    authorId: row.author_id,
    clientMessageId: row.client_message_id ?? undefined,
  }))
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const endMs = Date.now() + 30_000
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error(`not within 30 s: ${what}`)
    await wait(20)
  }
}
