import type { ChatApi } from '@our-now/contracts/chat.ts'
import { requireUser } from '../callers/require-user.ts'
import { befriend } from './befriend.ts'
import type { ChangePeople } from './change-people.ts'
import { lockPair } from './lock-people.ts'

/** Adding needs nobody's consent; the other person finds the adder among those who added them. */
export function createAddFriend({
  changePeople,
  maxListed,
}: {
  changePeople: ChangePeople
  maxListed: number
}): ChatApi['addFriend'] {
  return async (context, { userId }) => {
    const meId = requireUser(context)
    return changePeople(async (change) => {
      const { me, other } = await lockPair(change.trx, meId, userId)
      return befriend(change, me, other, { isMutual: false, maxListed })
    })
  }
}
