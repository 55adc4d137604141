import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomCursors } from '@our-now/contracts/rooms.ts'
import { channels } from '@our-now/contracts/socket.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { CursorRevs } from '../push/cursor-revs.ts'
import type { CommandContext } from '../socket/bind-commands.ts'
import { toCallContext } from '../socket/call-context.ts'

/** Rooms that sockets have on screen. */
export interface OpenRooms {
  /** @throws {AppError} room_not_found for everybody who is not a member; rate_limited with too many rooms open */
  open(context: CommandContext, roomId: string): Promise<RoomCursors>
}

const maxOpenRooms = 20

export function createOpenRooms({
  chat,
  cursorRevs,
  onRoomJoined,
}: {
  chat: Pick<ChatApi, 'listCursors'>
  cursorRevs: CursorRevs
  onRoomJoined: (roomId: string, head: number) => void
}): OpenRooms {
  return {
    async open(context, roomId) {
      const { socket } = context
      const openChannel = channels.openRoom(roomId)
      const openCount = [...socket.rooms].filter((channel) =>
        channel.startsWith(channels.openRoom('')),
      ).length
      if (openCount >= maxOpenRooms && !socket.rooms.has(openChannel)) throw new AppError('rate_limited')
      const call = toCallContext(context)
      if (!socket.rooms.has(channels.room(roomId))) {
        // A room so new that the push about it is still on its way: chat says whether it is theirs.
        const { asOfSeq } = await chat.listCursors(call, { roomId })
        await socket.join(channels.room(roomId))
        onRoomJoined(roomId, asOfSeq)
      }
      // Joined before the cursors are read: no move falls in between.
      await socket.join(openChannel)
      try {
        const cursors = await chat.listCursors(call, { roomId })
        cursorRevs.note(roomId, cursors.cursorRev)
        return cursors
      } catch (error) {
        await socket.leave(openChannel)
        // Removed while this socket joined: the push about it came too early to take it out.
        if (error instanceof AppError && error.code === 'room_not_found')
          await socket.leave(channels.room(roomId))
        throw error
      }
    },
  }
}
