import { systemClock, type Clock } from '@our-now/platform/clock/clock.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { conversations } from './conversations/conversations.ts'
import { createDemoClock } from './demo-clock.ts'
import { befriend, signUp } from './meet.ts'
import { openServices } from './open-services.ts'
import { closePeople } from './people.ts'
import { makePassword, readSignInNote, writeSignInNote } from './sign-in-note.ts'
import { talk } from './talk.ts'

/** Everybody signed up this long ago, before the first message. */
const beginsAgoMs = 4 * 24 * 3_600_000

/**
 * Fills an empty data folder with people, rooms and three days of messages, through the services as people use them.
 * A folder that has accounts stays as it is. Nothing else may use the folder meanwhile.
 *
 * @param clock  What "now" is in the demo.
 * @returns lines for the terminal: who may sign in, and the password
 */
export async function seedDemo({
  dataDir,
  log,
  clock = systemClock,
}: {
  dataDir: string
  log: Logger
  clock?: Clock
}): Promise<string[]> {
  const nowMs = clock.now()
  const demoClock = createDemoClock(nowMs - beginsAgoMs)
  const scope = createScope()
  try {
    // The clock leaps over hours, which looks like lag: not worth a line. What fails here is thrown.
    const quiet = log.child({ component: 'demo' }, { level: 'fatal' })
    const services = await openServices(scope, { dataDir, clock: demoClock, log: quiet })
    const { hasAccounts } = await services.auth.getRegistration({ traceId: 'demo' }, {})
    if (hasAccounts) return (await readSignInNote(dataDir)) ?? [alreadyUsed(dataDir)]

    const password = makePassword()
    const cast = await signUp(services, password)
    await befriend(services, cast)
    await talk({ services, cast, clock: demoClock }, conversations, nowMs)
    const lines = [
      `demo: sign in as ${closePeople.map(({ handle }) => handle).join(', ')}`,
      `demo: the password of each is ${password}`,
    ]
    await writeSignInNote(dataDir, lines)
    return lines
  } finally {
    await scope.stop()
  }
}

const alreadyUsed = (dataDir: string): string =>
  `demo: ${dataDir} already has accounts, so nothing was added; choose an empty folder with --data DIR`
