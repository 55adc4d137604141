import type { Database } from '@our-now/platform/database/database.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { listVeiled } from './block-store.ts'
import type { ChangePeople, PeopleChange } from './change-people.ts'
import { listAudienceIds } from './friend-store.ts'
import { lockMe } from './lock-people.ts'
import { toProfile, type ProfileRow } from './profile-store.ts'
import {
  deleteProfileTelling,
  findProfileTelling,
  listProfileTellings,
  putProfileTelling,
  type ProfileTellingRow,
} from './profile-telling-store.ts'

/** People told in one transaction. Who is on more lists than this is told on in the background. */
const peoplePerTransaction = 500
const retryMs = 5_000

/**
 * Tells everybody who has a person on a list (friends, people who added them, blocks) of a changed profile. How far it
 * has come is a row of the same transaction: after a crash it goes on where it stopped.
 */
export interface ProfileTelling {
  /** Tells the first people within the change. Everybody is told anew when an earlier telling is unfinished. */
  begin(change: PeopleChange, row: ProfileRow, how: { isRenamed: boolean }): Promise<void>
  /** Goes on with what is unfinished. Repeating it is harmless. */
  nudge(): void
  /** Ends after the transaction at hand. */
  stop(): Promise<void>
}

export function createProfileTelling({
  database,
  changePeople,
  log,
}: {
  database: Database
  changePeople: ChangePeople
  log: Logger
}): ProfileTelling {
  let running: Promise<void> | undefined
  let isNudged = false
  let isStopped = false
  let retry: NodeJS.Timeout | undefined

  function nudge(): void {
    isNudged = true
    if (isStopped || running !== undefined) return
    running = tellAll()
      .catch((error: unknown) => {
        log.warn({ err: error, retryMs }, 'telling of changed profiles was interrupted')
        retry = setTimeout(nudge, retryMs).unref()
      })
      .finally(() => {
        running = undefined
      })
  }

  async function tellAll(): Promise<void> {
    while (isNudged) {
      isNudged = false
      for (;;) {
        const unfinished = await listProfileTellings(database.reader, 10)
        if (unfinished.length === 0) break
        for (const { user_id: userId } of unfinished) {
          if (isStopped) return
          await changePeople((change) => goOn(change, userId))
        }
      }
    }
  }

  return {
    begin: async (change, row, { isRenamed }) => {
      const earlier = await findProfileTelling(change.trx, row.user_id)
      const is_renamed = isRenamed ? 1 : (earlier?.is_renamed ?? 0)
      await tellNext(change, row, { user_id: row.user_id, told_up_to: '', is_renamed }, earlier !== undefined)
    },
    nudge,
    stop: async () => {
      isStopped = true
      clearTimeout(retry)
      await running
    },
  }
}

async function goOn(change: PeopleChange, userId: string): Promise<void> {
  // The lock first: another replica may have gone on meanwhile.
  const row = await lockMe(change.trx, userId)
  const told = await findProfileTelling(change.trx, userId)
  if (told !== undefined) await tellNext(change, row, told, true)
}

async function tellNext(
  { trx, tell }: PeopleChange,
  row: ProfileRow,
  told: ProfileTellingRow,
  isKept: boolean,
): Promise<void> {
  const viewerIds = await listAudienceIds(trx, {
    userId: row.user_id,
    afterId: told.told_up_to,
    limit: peoplePerTransaction,
  })
  const veiled = await listVeiled(trx, row.user_id, viewerIds)
  for (const viewerId of viewerIds) {
    const isVeiled = veiled.has(viewerId)
    // Nothing changed for them; an event without a change would tell of the block.
    if (isVeiled && told.is_renamed === 0) continue
    tell(viewerId, { kind: 'friend-profile-changed', profile: toProfile(row, { isVeiled }) })
  }
  const last = viewerIds.at(-1)
  if (viewerIds.length === peoplePerTransaction && last !== undefined) {
    await putProfileTelling(trx, { ...told, told_up_to: last })
  } else if (isKept) await deleteProfileTelling(trx, row.user_id)
}
