import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { Connection } from '../socket/connection.ts'

/** How often it is tried to take a device out, and how long each try may take, in ms. */
const tries = 3
const tryMs = 2_000

/**
 * A session was revoked or its token ended: its media stops now, not when the heartbeat of its call fails. Does not
 * reject: what cannot be told ends by that heartbeat.
 */
export async function leaveCalls(
  connection: Connection,
  { media, log }: { readonly media: Pick<MediaApi, 'leaveCall'> | undefined; readonly log: Logger },
): Promise<void> {
  const { userId, sessionId, callRoomIds } = connection
  if (media === undefined) return
  await Promise.all(
    [...callRoomIds].map(async (roomId) => {
      for (let left = tries; left > 0; left -= 1)
        try {
          const context = { traceId: createTraceId(), userId, sessionId, deadlineAtMs: Date.now() + tryMs }
          await media.leaveCall(context, { roomId })
          return
        } catch (error) {
          log.warn({ err: error, roomId }, 'a revoked device could not be taken out of its call')
        }
    }),
  )
}
