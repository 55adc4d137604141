import type { RoomHead, UserHead } from '@our-now/contracts/chat/heads.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { Published } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Socket } from 'socket.io'
import type { Apis } from '../apis.ts'
import { hasSockets, type GatewayServer } from '../socket/connection.ts'
import type { EndSessions } from '../socket/end-sessions.ts'
import { createCursorRevs, type CursorRevs } from './cursor-revs.ts'
import { createHeadsCheck } from './heads-check.ts'
import { createHeadsWatch } from './heads-watch.ts'
import { createMembershipCheck } from './membership-check.ts'
import { createLeaveRoom, createRoomLog, type LeaveRoom } from './room-log.ts'
import { createRoutePublished } from './route-published.ts'
import { tellHeads } from './tell-heads.ts'
import { createUserLog } from './user-log.ts'

export interface PushesDeps {
  readonly io: GatewayServer
  readonly chat: Apis['chat']
  /** Each replica of chat that can be asked by itself. */
  readonly chatReplicas: readonly Pick<Apis['chat'], 'recentHeads'>[]
  readonly endSessions: EndSessions
  readonly onRelationChanged: (userId: string) => void
  /** Somebody with sockets here is no longer in a room. */
  readonly onRoomLeft: LeaveRoom
  readonly headsIntervalMs: number
  readonly headsSpreadMs: number
  readonly log: Logger
}

/** All that keeps local sockets in step with chat: pushes in order, and what finds the lost ones. */
export interface Pushes {
  /** For the hub: what becomes of each hint. */
  readonly route: (published: Published) => void
  readonly cursorRevs: CursorRevs
  /** A local socket is in the channel of a room now; `head` is any head read around that time. */
  readonly noteRoomJoined: (roomId: string, head: number) => void
  readonly noteUserJoined: (userId: string, head: number) => void
  /** As `noteRoomJoined`, with the membership rev that was read with the head. */
  readonly noteSubscribed: (head: RoomHead) => void
  /** The socket missed pushes while it lagged: it is told the heads of its rooms and asks for what it lacks. */
  readonly tellHeads: (socket: Socket) => void
  /** Pushes may have been lost: everything is compared with the database. */
  readonly checkAll: () => void
  readonly start: () => void
  readonly stop: () => Promise<void>
}

export function createPushes(deps: PushesDeps): Pushes {
  const { io, chat, log } = deps
  const leaveRoom = createLeaveRoom(deps)
  const membership = createMembershipCheck({ io, chat, leaveRoom, log })
  const cursorRevs = createCursorRevs({ io, log })
  const roomLog = createRoomLog({ io, chat, onSkipped: beginAnew, leaveRoom, log })
  const userLog = createUserLog({
    io,
    chat,
    onRoomJoined: noteRoomJoined,
    onRelationChanged: deps.onRelationChanged,
    leaveRoom,
    log,
  })
  function beginAnew(roomId: string): void {
    membership.forget(roomId)
    cursorRevs.forget(roomId)
    membership.check(roomId)
  }
  const onRoomHead = (head: RoomHead): void => {
    if (!hasSockets(io, channels.room(head.roomId))) return
    roomLog.noteHead(head.roomId, head.head)
    membership.noteHead(head.roomId, head.membershipRev)
    cursorRevs.noteHead(head)
  }
  const onUserHead = ({ userId, head }: UserHead): void => userLog.noteHead(userId, head)
  /** Read from the database just now, so that a head may also be too low. */
  const compareRoom = (head: RoomHead): void => {
    roomLog.compare(head.roomId, head.head)
    onRoomHead(head)
  }
  const headsCheck = createHeadsCheck({
    chat,
    localRooms: roomLog.keys,
    localUsers: userLog.keys,
    onRoomHead: compareRoom,
    onUserHead: ({ userId, head }) => userLog.compare(userId, head),
    spreadMs: deps.headsSpreadMs,
    log,
  })
  const watches = deps.chatReplicas.map((replica) =>
    createHeadsWatch({
      replica,
      intervalMs: deps.headsIntervalMs,
      onRoomHead,
      onUserHead,
      onMissed: headsCheck.checkAll,
      log,
    }),
  )

  function noteRoomJoined(roomId: string, head: number): void {
    if (!hasSockets(io, channels.room(roomId))) return
    if (roomLog.track(roomId, head)) headsCheck.checkSoon({ roomId })
  }

  io.of('/').adapter.on('delete-room', (channel: string) => {
    const [kind, id = ''] = channel.split(':')
    if (kind === 'room') {
      roomLog.untrack(id)
      membership.forget(id)
    } else if (kind === 'user') userLog.untrack(id)
  })

  return {
    route: createRoutePublished({
      io,
      roomLog,
      userLog,
      membership,
      cursorRevs,
      endSessions: deps.endSessions,
    }),
    cursorRevs,
    noteRoomJoined,
    noteSubscribed({ roomId, head, membershipRev }) {
      noteRoomJoined(roomId, head)
      membership.noteJoined(roomId, membershipRev)
    },
    noteUserJoined(userId, head) {
      // Gone again already: a log without sockets would be followed for ever.
      if (!hasSockets(io, channels.user(userId))) return
      if (userLog.track(userId, head)) headsCheck.checkSoon({ userId })
    },
    tellHeads: (socket) => tellHeads(socket, { roomLog, cursorRevs }),
    checkAll: headsCheck.checkAll,
    start: () => {
      for (const watch of watches) watch.start()
    },
    stop: async () => {
      roomLog.stop()
      userLog.stop()
      for (const watch of watches) await watch.stop()
      await headsCheck.stop()
      await membership.stop()
      await cursorRevs.stop()
    },
  }
}
