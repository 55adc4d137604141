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

/** Takes devices out of calls the moment they may no longer be there. None of it rejects: media looks for itself too. */
export interface LeaveCalls {
  /** A session was revoked or its token ended: its media stops now, not when the heartbeat of its call fails. */
  leaveAll(connection: Connection): Promise<void>
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
  async function insist(
    who: Pick<CallContext, 'userId' | 'sessionId'>,
    roomId: string,
    run: (context: CallContext) => Promise<unknown>,
  ): Promise<void> {
    for (let left = tries; left > 0; left -= 1)
      try {
        await run({ ...who, traceId: createTraceId(), deadlineAtMs: clock.now() + tryMs })
        return
      } catch (error) {
        log.warn({ err: error, roomId }, 'a device could not be taken out of its call')
      }
  }
  return {
    leaveAll: async ({ userId, sessionId, callRoomIds }) => {
      if (media === undefined) return
      const roomIds = [...callRoomIds]
      callRoomIds.clear()
      await Promise.all(
        roomIds.map((roomId) =>
          insist({ userId, sessionId }, roomId, (context) => media.leaveCall(context, { roomId })),
        ),
      )
    },
    leaveRoomsCall: async (roomId, userId) => {
      const there = socketsIn(io, channels.user(userId)).filter(({ data }) => data.callRoomIds.has(roomId))
      if (media === undefined || there.length === 0) return
      for (const { data } of there) data.callRoomIds.delete(roomId)
      await insist({ userId }, roomId, (context) => media.recheckMember(context, { roomId }))
    },
  }
}
