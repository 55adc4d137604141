import type { ChatApi } from '@our-now/contracts/chat.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { socketsIn, type GatewayServer } from '../socket/connection.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { createLogFollower, type LogFollower } from './log-follower.ts'
import type { LeaveRoom } from './room-log.ts'

export interface UserLogDeps {
  readonly io: GatewayServer
  readonly chat: Pick<ChatApi, 'readUserEvents'>
  /** The user's sockets are in this room's channel now. */
  readonly onRoomJoined: (roomId: string, head: number) => void
  /** Something changed about who may see whose presence. */
  readonly onRelationChanged: (userId: string) => void
  readonly leaveRoom: LeaveRoom
  readonly log: Logger
}

const readLimit = 500
const relationKinds: ReadonlySet<UserEvent['kind']> = new Set([
  'friend-changed',
  'friend-removed',
  'admirer-removed',
  'block-changed',
  'block-removed',
  'profile-changed',
])

/** Follows the own logs of people with local sockets; joins and leaves take effect before the client hears of them. */
export function createUserLog(deps: UserLogDeps): LogFollower<UserEvent> {
  const { io, chat, log } = deps
  const forward = (userId: string, event: UserEvent): void => {
    const channel = channels.user(userId)
    if (event.kind === 'room-joined') {
      const { roomId, head } = event.room
      io.local.in(channel).socketsJoin(channels.room(roomId))
      deps.onRoomJoined(roomId, head)
    } else if (event.kind === 'room-left') deps.leaveRoom(event.roomId, userId)
    io.local.to(channel).emit('user:event', event)
    if (relationKinds.has(event.kind)) deps.onRelationChanged(userId)
  }
  return createLogFollower<UserEvent>({
    name: 'user',
    seqOf: ({ seq }) => seq,
    read: (userId, afterSeq) =>
      chat.readUserEvents({ traceId: createTraceId() }, { userId, afterSeq, limit: readLimit }),
    forward,
    skipTo: (userId) => {
      // A new connection reads everything anew; that is rarer than it is expensive.
      for (const socket of socketsIn(io, channels.user(userId))) socket.disconnect(true)
    },
    log,
  })
}
