import { channels } from '@our-now/contracts/socket.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import { socketsIn, type Connection, type GatewayServer } from '../socket/connection.ts'

/** How often it is tried to take a device out, and how long each try may take, in ms. */
const tries = 3
const tryMs = 2_000
/** How long media waits for a device that says nothing, in ms: for so long it may be in a call without a socket. */
const silenceMs = 20_000

/** Takes devices out of calls the moment they may no longer be there. None of it rejects: media looks for itself too. */
export interface LeaveCalls {
  /** A session was revoked or its token ended: its media stops now, not when the heartbeat of its call fails. */
  leaveAll(connection: Connection): Promise<void>
  /** A device joins the call of this room, and so is in no other one. */
  leaveOthers(connection: Connection, roomId: string): Promise<void>
  /** A socket closed; its calls go on without it for a while. */
  noteClosed(connection: Connection): void
  /** Sessions ended whose sockets were closed already. */
  leaveClosed(sessionIds: readonly string[]): void
  /** Somebody is no longer in a room, and so in its call neither. */
  leaveRoomsCall(roomId: string, userId: string): Promise<void>
}

export function createLeaveCalls({
  io,
  media,
  clock,
  log,
}: {
  readonly io: GatewayServer
  readonly media: Pick<MediaApi, 'leaveCall' | 'recheckMember'> | undefined
  readonly clock: Clock
  readonly log: Logger
}): LeaveCalls {
  const closed = new Set<Connection>()
  const leave = (
    { userId, sessionId, callRoomIds }: Connection,
    roomId: string,
    { times }: { readonly times: number },
  ): Promise<void> =>
    media === undefined
      ? Promise.resolve()
      : insist({ userId, sessionId }, roomId, times, async (context) => {
          await media.leaveCall(context, { roomId })
          callRoomIds.delete(roomId)
        })
  const leaveAll = async (connection: Connection): Promise<void> => {
    const roomIds = [...connection.callRoomIds]
    connection.callRoomIds.clear()
    await Promise.all(roomIds.map((roomId) => leave(connection, roomId, { times: tries })))
  }

  async function insist(
    who: Pick<CallContext, 'userId' | 'sessionId'>,
    roomId: string,
    times: number,
    run: (context: CallContext) => Promise<unknown>,
  ): Promise<void> {
    for (let left = times; left > 0; left -= 1)
      try {
        await run({ ...who, traceId: createTraceId(), deadlineAtMs: clock.now() + tryMs })
        return
      } catch (error) {
        log.warn({ err: error, roomId }, 'a device could not be taken out of its call')
      }
  }
  return {
    leaveAll,
    leaveOthers: async (connection, roomId) => {
      const others = [...connection.callRoomIds].filter((other) => other !== roomId)
      // Once: whoever joins is waiting.
      await Promise.all(others.map((other) => leave(connection, other, { times: 1 })))
    },
    noteClosed: (connection) => {
      if (connection.callRoomIds.size === 0) return
      closed.add(connection)
      setTimeout(() => closed.delete(connection), silenceMs).unref()
    },
    leaveClosed: (sessionIds) => {
      for (const connection of closed)
        // It does not reject.
        if (sessionIds.includes(connection.sessionId)) void leaveAll(connection)
    },
    leaveRoomsCall: async (roomId, userId) => {
      const there = socketsIn(io, channels.user(userId)).filter(({ data }) => data.callRoomIds.has(roomId))
      if (media === undefined || there.length === 0) return
      for (const { data } of there) data.callRoomIds.delete(roomId)
      await insist({ userId }, roomId, tries, (context) => media.recheckMember(context, { roomId }))
    },
  }
}
