import type { ChatApi } from '@our-now/contracts/chat.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireUser } from '../callers/require-user.ts'
import { countBlocks, findBlock, putBlock, type BlockRow } from './block-store.ts'
import type { ChangePeople } from './change-people.ts'
import { lockPair } from './lock-people.ts'
import { toProfile } from './profile-store.ts'
import { tellVeilMoved } from './tell-veil-moved.ts'
import { toBlock } from './to-block.ts'

/**
 * Blocks a person or changes the level. The friendship stays, so that unblocking brings it back; the blocked person is
 * told nothing of it: at level `profile` my status message turns empty for them, as if I had cleared it.
 */
export function createBlockUser({
  changePeople,
  maxListed,
}: {
  changePeople: ChangePeople
  maxListed: number
}): ChatApi['blockUser'] {
  return async (context, { userId, level }) => {
    const meId = requireUser(context)
    return changePeople(async (change) => {
      const { trx, at, tell } = change
      const { me, other } = await lockPair(trx, meId, userId)
      const before = await findBlock(trx, meId, userId)
      const isVeiledByThem = (await findBlock(trx, userId, meId))?.level === 'profile'
      const isVeiled = isVeiledByThem || level === 'profile'
      const row: BlockRow = {
        user_id: meId,
        blocked_id: userId,
        level,
        blocked_at_ms: before?.blocked_at_ms ?? at,
      }
      const block = toBlock(row, toProfile(other, { isVeiled }))
      if (before?.level === level) return block
      if (before === undefined && (await countBlocks(trx, meId)) >= maxListed)
        throw new AppError('forbidden', `A block list holds at most ${maxListed} people.`)
      await putBlock(trx, row)
      tell(meId, { kind: 'block-changed', block })
      const wasVeiled = isVeiledByThem || before?.level === 'profile'
      await tellVeilMoved(change, { viewerId: userId, seen: me, wasVeiled, isVeiled })
      return block
    })
  }
}
