import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'

/** What is asked of chat, in the name of whoever asks: it answers room_not_found to those who are not members. */
export type Rooms = Pick<ChatApi, 'getRoom' | 'listMembers'>

const pageSize = 200
/** More people than this are not searched: a match among thousands says little. */
const maxMembers = 1_000

/** The members of a room. @throws {AppError} room_not_found when the caller is none of them */
export async function listMemberIds(
  rooms: Rooms,
  context: CallContext,
  roomId: string,
): Promise<readonly string[]> {
  const userIds: string[] = []
  let cursor: string | undefined
  do {
    const page = await rooms.listMembers(context, {
      roomId,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    })
    userIds.push(...page.members.map(({ profile }) => profile.userId))
    cursor = page.nextCursor
  } while (cursor !== undefined && userIds.length < maxMembers)
  return userIds
}
