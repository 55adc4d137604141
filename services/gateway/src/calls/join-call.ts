import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { CommandHandlers } from '../socket/bind-commands.ts'
import { toCallContext } from '../socket/call-context.ts'
import type { LeaveCalls } from './leave-calls.ts'

export interface JoinCallDeps {
  readonly media: Pick<MediaApi, 'joinCall'>
  readonly leaveCalls: Pick<LeaveCalls, 'leaveAll'>
  readonly clock: Clock
}

/** Joins with what the socket may do now: it may be late with its newer token, a call does not wait for that. */
export function createJoinCall({ media, leaveCalls, clock }: JoinCallDeps): CommandHandlers['call:join'] {
  return async (context, request) => {
    const { data } = context.socket
    if (data.expiresAtMs <= clock.now()) throw new AppError('token_expired')
    // Noted first: a session that ends meanwhile ends its calls too …
    data.callRoomIds.add(request.roomId)
    const joined = await media.joinCall(toCallContext(context), request)
    if (!data.isRevoked) return joined
    // … and if it ended before the call had its place, once more.
    data.callRoomIds.add(request.roomId)
    await leaveCalls.leaveAll(data)
    throw new AppError('session_ended')
  }
}
