import type { ChatApi } from '@our-now/contracts/chat.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createDeferred } from '../deferred.ts'
import { hasSockets, socketsIn, type GatewayServer } from '../socket/connection.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { LeaveRoom } from './room-log.ts'

/** Takes out of rooms whoever is not a member any more, also when every push about it was lost. */
export interface MembershipCheck {
  /** A membership rev that came with something heard in order: nothing to check. */
  readonly noteInOrder: (roomId: string, membershipRev: number) => void
  /** A rev heard of out of order: if it is new, the members are asked for. */
  readonly noteHead: (roomId: string, membershipRev: number) => void
  /** A rev read before a socket joined: if another one is known, who is in the room may be so no more. */
  readonly noteJoined: (roomId: string, membershipRev: number) => void
  /** Asks for the members in any case. */
  readonly check: (roomId: string) => void
  readonly forget: (roomId: string) => void
  readonly stop: () => Promise<void>
}

const idsPerCall = 500
const gatherMs = 50

export function createMembershipCheck({
  io,
  chat,
  leaveRoom,
  log,
}: {
  io: GatewayServer
  chat: Pick<ChatApi, 'filterMembers'>
  leaveRoom: LeaveRoom
  log: Logger
}): MembershipCheck {
  const revs = new Map<string, number>()
  /** A room stays in here until it has been checked: a failed check is tried again. */
  const unchecked = new Set<string>()
  const deferred = createDeferred('membership check', run, { afterMs: gatherMs, log })

  async function run(): Promise<void> {
    for (const roomId of unchecked) {
      unchecked.delete(roomId)
      try {
        if (hasSockets(io, channels.room(roomId))) await evictStrangers(roomId)
      } catch (error) {
        unchecked.add(roomId)
        throw error
      }
    }
  }

  async function evictStrangers(roomId: string): Promise<void> {
    const userIds = [...new Set(socketsIn(io, channels.room(roomId)).map(({ data }) => data.userId))]
    for (let at = 0; at < userIds.length; at += idsPerCall) {
      const asked = userIds.slice(at, at + idsPerCall)
      const revBefore = revs.get(roomId)
      const { userIds: members } = await chat.filterMembers(
        { traceId: createTraceId() },
        { roomId, userIds: asked },
      )
      // Somebody came or went meanwhile: who is missing in the answer may just have come back.
      if (revs.get(roomId) !== revBefore) return check(roomId)
      for (const userId of asked)
        if (!members.includes(userId)) {
          leaveRoom(roomId, userId)
          log.info({ roomId, userId }, 'not a member any more')
        }
    }
  }

  const check = (roomId: string): void => {
    unchecked.add(roomId)
    deferred.nudge()
  }

  return {
    noteInOrder: (roomId, rev) => revs.set(roomId, Math.max(rev, revs.get(roomId) ?? 0)),
    noteHead(roomId, rev) {
      const known = revs.get(roomId)
      revs.set(roomId, Math.max(rev, known ?? 0))
      if (known !== undefined && rev > known) check(roomId)
    },
    noteJoined(roomId, rev) {
      const known = revs.get(roomId) ?? rev
      revs.set(roomId, Math.max(rev, known))
      if (known !== rev) check(roomId)
    },
    check,
    forget(roomId) {
      revs.delete(roomId)
      unchecked.delete(roomId)
    },
    stop: () => deferred.stop(),
  }
}
