import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** The races of the delivery plan, in the words of the plan. */
export const races: Readonly<Record<string, string>> = {
  R1: 'two replicas receive the same id at once',
  R2: 'a commit succeeds and its connection is lost before the answer',
  R3: 'a replica is stopped in the middle of a transaction, another one takes over, the first one goes on',
  R4: 'an outbox row becomes visible after one with a higher id',
  R5: 'a relay dies after producing and before removing the rows',
  R6: 'two relays own one shard',
  R7: 'an event is committed between subscribing and fetching',
  R8: 'the very last event is lost, then silence',
  R9: 'the event comes before the acknowledgement of the own message, and the reverse',
  R10: 'a kick commits while a send of the kicked person waits for the room',
  R11: 'the push about a kick is lost',
  R12: 'a token expires while the socket is idle, and while sending',
  R13: 'a device reconnects while its old socket is half open',
  R14: 'two tabs drain one outbox',
  R15: 'a deletion is seen before its message',
  R16: 'a sync answer crosses live events',
  R17: 'the database comes back without its newest rows',
  R18: 'partitions are reassigned during a long batch',
  R19: 'everybody leaves a room while sends are in flight',
}

export interface RaceTest {
  readonly race: string
  /** From the root of the project. */
  readonly file: string
  readonly name: string
}

const testName = /(?:test|it)(?:\.\w+)*(?:\([^'"`(]*\))?\(\s*(['"`])(R\d+): (.+?)\1,/gs
const folders = ['packages', 'services', 'tooling', 'web']
const leftOut = new Set(['node_modules', 'dist', '.turbo'])

/** The tests whose names begin with a race: `R7: …`. */
export async function findRaceTests(root: string): Promise<RaceTest[]> {
  const found: RaceTest[] = []
  for (const folder of folders)
    for (const path of await listTests(join(root, folder)))
      for (const [, , race = '', name = ''] of (await readFile(path, 'utf8')).matchAll(testName))
        found.push({ race, file: relative(root, path), name })
  return found
}

async function listTests(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : listTests(path)
      return /\.(test|suite)\.tsx?$/.test(entry.name) ? [path] : []
    }),
  )
  return nested.flat().toSorted()
}
