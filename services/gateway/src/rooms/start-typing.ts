import type { ChatApi } from '@our-now/contracts/chat.ts'
import { channels } from '@our-now/contracts/socket.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { CommandContext } from '../socket/bind-commands.ts'
import { toCallContext } from '../socket/call-context.ts'

/** In larger rooms nobody hears of typing. */
const maxMembers = 50
/** How long a member count is believed, in ms. */
const countTtlMs = 60_000
const maxCounts = 10_000

/** @throws {AppError} room_not_found for everybody who is not a member */
export type StartTyping = (context: CommandContext, roomId: string) => Promise<Record<string, never>>

/** Tells who has the room on screen, on every gateway, and never the typer. Nothing is kept. */
export function createStartTyping({
  chat,
  hub,
}: {
  chat: Pick<ChatApi, 'filterMembers'>
  hub: Pick<SocketHub, 'publish'>
}): StartTyping {
  const counts = new Map<string, { readonly memberCount: number; readonly atMs: number }>()

  const countMembers = async (context: CommandContext, roomId: string): Promise<number> => {
    const known = counts.get(roomId)
    const nowMs = performance.now()
    if (known !== undefined && nowMs - known.atMs < countTtlMs) return known.memberCount
    const { memberCount } = await chat.filterMembers(toCallContext(context), { roomId, userIds: [] })
    if (counts.size >= maxCounts) counts.clear()
    counts.set(roomId, { memberCount, atMs: nowMs })
    return memberCount
  }

  return async (context, roomId) => {
    const { userId, socket } = context
    if (!socket.rooms.has(channels.room(roomId))) throw new AppError('room_not_found')
    if ((await countMembers(context, roomId)) <= maxMembers)
      hub.publish(channels.openRoom(roomId), 'typing:started', { roomId, userId })
    return {}
  }
}
