import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { openReplica, as } from './open-replicas.ts'

/**
 * A chat replica that says when it is about to commit a send, and gives whoever started it time to stop it there. Says
 * with which code the send ended, then what the retry got.
 *
 *   node paused-replica.ts URL ROOM_ID USER_ID CLIENT_MESSAGE_ID
 */
const [url = '', roomId = '', userId = '', clientMessageId = ''] = process.argv.slice(2)
let isArmed = false

const replica = await openReplica(url, {}, (database: Database) => ({
  ...database,
  transaction: (work) =>
    database.transaction(async (trx) => {
      const value = await work(trx)
      if (isArmed) {
        isArmed = false
        say({ state: 'before commit' })
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
      }
      return value
    }),
}))
const send = () =>
  replica.api.sendMessage(as(userId), { roomId, clientMessageId, text: 'from the paused one' })

// The relay has nothing to do any more: the next transaction is the send's.
setTimeout(() => {
  isArmed = true
  void run()
}, 500)

async function run(): Promise<void> {
  try {
    await send()
    say({ state: 'ended', code: 'none' })
  } catch (error) {
    say({ state: 'ended', code: error instanceof AppError ? error.code : String(error) })
  }
  for (;;) {
    try {
      say({ state: 'retried', ...(await send()) })
      break
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  await replica.stop()
}

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}
