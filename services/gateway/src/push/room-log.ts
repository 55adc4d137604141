import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import { channels, type HubEvents } from '@our-now/contracts/socket.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { hasSockets, socketsIn, type GatewayServer } from '../socket/connection.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { createLogFollower, type LogFollower } from './log-follower.ts'

export type LoggedRoomEvent = HubEvents['room:events']['events'][number]

export interface RoomLogDeps {
  readonly io: GatewayServer
  readonly chat: Pick<ChatApi, 'readRoomEvents'>
  /** Too much was missed to see who came and went: ask who may stay. */
  readonly onSkipped: (roomId: string) => void
  readonly leaveRoom: LeaveRoom
  readonly log: Logger
}

const readLimit = 500

/** Follows the logs of rooms with local members and tells the sockets, in order, what each may see. */
export function createRoomLog({
  io,
  chat,
  onSkipped,
  leaveRoom,
  log,
}: RoomLogDeps): LogFollower<LoggedRoomEvent> {
  const forward = (roomId: string, logged: LoggedRoomEvent): void => {
    if (logged.withheldFrom === undefined) io.local.to(channels.room(roomId)).emit('room:event', logged.event)
    else pushWithheld(io, logged.event, logged.withheldFrom)
    followMembership(io, logged.event, leaveRoom)
  }
  return createLogFollower<LoggedRoomEvent>({
    name: 'room',
    seqOf: ({ event }) => event.seq,
    read: (roomId, afterSeq) =>
      chat.readRoomEvents({ traceId: createTraceId() }, { roomId, afterSeq, limit: readLimit }),
    forward,
    skipTo: (roomId, head) => {
      io.local.to(channels.room(roomId)).emit('room:heads', { rooms: [{ roomId, head, cursorRev: 0 }] })
      onSkipped(roomId)
    },
    log,
  })
}

/** Whoever blocks the author gets the message's place in the log and nothing of it. */
function pushWithheld(io: GatewayServer, event: RoomEvent, withheldFrom: string): void {
  const { roomId, seq, at, actorId } = event
  for (const socket of socketsIn(io, channels.room(roomId)))
    socket.emit(
      'room:event',
      socket.data.userId === withheldFrom ? { roomId, seq, at, actorId, kind: 'message-withheld' } : event,
    )
}

/**
 * The room's own log says who hears what comes next, whatever became of the pushes to the people concerned: who left
 * hears nothing after that event, who joined hears everything.
 */
function followMembership(io: GatewayServer, event: RoomEvent, leaveRoom: LeaveRoom): void {
  if (event.kind === 'member-left') leaveRoom(event.roomId, event.member.userId)
  else if (event.kind === 'members-joined')
    for (const { userId } of event.members)
      if (hasSockets(io, channels.user(userId)))
        io.local.in(channels.user(userId)).socketsJoin(channels.room(event.roomId))
}

/** Takes a user's sockets out of a room. Repeating it is harmless. */
export type LeaveRoom = (roomId: string, userId: string) => void

export const createLeaveRoom =
  ({ io, onRoomLeft }: { readonly io: GatewayServer; readonly onRoomLeft: LeaveRoom }): LeaveRoom =>
  (roomId, userId) => {
    io.local.in(channels.user(userId)).socketsLeave([channels.room(roomId), channels.openRoom(roomId)])
    onRoomLeft(roomId, userId)
  }
