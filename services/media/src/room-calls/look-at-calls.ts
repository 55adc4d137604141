import type { MediaApi } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { requireDevice } from '../callers/require-device.ts'
import type { Calls } from '../calls/calls.ts'
import type { RequireMember } from '../membership/require-member.ts'
import { isShownTo, toSummary } from './call-record.ts'
import type { RoomCalls } from './room-calls.ts'

export interface LookAtCallsDeps {
  readonly calls: Calls
  readonly roomCalls: RoomCalls
  readonly requireMember: RequireMember
}

/** What members may ask about the calls of their rooms, and the answer to a ring. */
export function createLookAtCalls({
  calls,
  roomCalls,
  requireMember,
}: LookAtCallsDeps): Pick<MediaApi, 'getCall' | 'listCalls' | 'declineCall'> {
  return {
    getCall: async (context, { roomId }) => {
      const { userId } = requireDevice(context)
      await requireMember(context, roomId)
      // Asked at the node that has the call, if any has.
      const record = calls.find(roomId)?.record
      const isShown = record !== undefined && isShownTo(record, userId)
      return isShown ? { roomId, call: toSummary(record) } : { roomId }
    },
    listCalls: async (context, { roomIds }) => {
      const { userId } = requireDevice(context)
      const running = (await roomCalls.records.findRunning(roomIds)).filter(
        (record) => isShownTo(record, userId) && record.userIds.length > 0,
      )
      // Few of somebody's rooms have a call: only those are asked for.
      const mine = await Promise.all(
        running.map(async ({ roomId }) => {
          try {
            await requireMember(context, roomId)
            return true
          } catch (error) {
            if (error instanceof AppError && error.code === 'room_not_found') return false
            throw error
          }
        }),
      )
      const shown = running.filter((_record, at) => mine[at])
      return { calls: shown.map((record) => ({ roomId: record.roomId, call: toSummary(record) })) }
    },
    declineCall: async (context, { roomId }) => {
      const { userId } = requireDevice(context)
      await requireMember(context, roomId)
      const call = calls.find(roomId)
      if (call?.record.otherId === userId) roomCalls.decline(call)
      return {}
    },
  }
}
