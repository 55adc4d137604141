import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomHead } from '@our-now/contracts/chat/heads.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { GatewaySocket } from './connection.ts'

export interface OpenConnectionDeps {
  readonly chat: Pick<ChatApi, 'listSubscriptions'>
  readonly onSubscribed: (head: RoomHead) => void
  readonly onUserJoined: (userId: string, head: number) => void
  readonly clock: Clock
  readonly log: Logger
}

/** Waiting longer than this for one's rooms, a client rather tries elsewhere; in ms. */
const subscribeMs = 5_000

/**
 * Lets an admitted socket hear what concerns it, then says so. The heads only have to be read before `session:ready`:
 * what comes after them is found by the next push or check, and what came before the client asks for itself.
 */
export async function openConnection(socket: GatewaySocket, deps: OpenConnectionDeps): Promise<void> {
  const { connectionId, userId, sessionId } = socket.data
  await socket.join([channels.user(userId), channels.session(sessionId)])
  const context = {
    traceId: createTraceId(),
    userId,
    sessionId,
    deadlineAtMs: deps.clock.now() + subscribeMs,
  }
  let userHead: number | undefined
  let cursor: string | undefined
  do {
    const page = await deps.chat.listSubscriptions(context, cursor === undefined ? {} : { cursor })
    if (!socket.connected) return
    await socket.join(page.rooms.map(({ roomId }) => channels.room(roomId)))
    for (const head of page.rooms) deps.onSubscribed(head)
    // The first page's: what happens while we read comes again by the user's own log.
    if (userHead === undefined) {
      userHead = page.userHead
      deps.onUserJoined(userId, userHead)
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  deps.log.debug({ connectionId, userId }, 'connected')
  socket.emit('session:ready', { connectionId, userHead, serverTime: deps.clock.now() })
}
