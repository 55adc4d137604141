import type { ChatApi } from '@our-now/contracts/chat.ts'
import { requireUser } from '../callers/require-user.ts'
import { getSummary } from './get-room.ts'
import { makeGroup, type GroupDeps } from './make-group.ts'
import { groupRoomId } from './room-ids.ts'
import { normaliseRoomName } from './room-name.ts'

/** Makes a group that the caller owns. The same `clientRoomId` again gives the same group. */
export function createCreateGroup(deps: GroupDeps): ChatApi['createGroup'] {
  return async (context, { clientRoomId, name: written = '', userIds: invitedIds }) => {
    const creatorId = requireUser(context)
    const name = normaliseRoomName(written)
    const roomId = groupRoomId(creatorId, clientRoomId)
    await makeGroup(deps, { roomId, creatorId, name, invitedIds })
    return getSummary(deps.database, roomId, creatorId)
  }
}
