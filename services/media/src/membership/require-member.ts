import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'

/** Asks chat. @throws {AppError} room_not_found for those who are not in the room, as for a room that is not there */
export type RequireMember = (context: CallContext, roomId: string) => Promise<void>

export const createRequireMember =
  (chat: Pick<ChatApi, 'getRoom'>): RequireMember =>
  async (context, roomId) => {
    await chat.getRoom(context, { roomId })
  }
