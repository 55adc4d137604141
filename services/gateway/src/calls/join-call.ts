import type { MediaApi } from '@our-now/contracts/media.ts'
import type { CommandReply, CommandRequest } from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { CommandContext, CommandHandlers } from '../socket/bind-commands.ts'
import { toCallContext } from '../socket/call-context.ts'
import { inTurn } from './in-turn.ts'
import type { LeaveCalls } from './leave-calls.ts'

export interface JoinCallDeps {
  readonly media: Pick<MediaApi, 'joinCall'>
  readonly leaveCalls: Pick<LeaveCalls, 'leaveAll' | 'leaveOthers'>
  readonly clock: Clock
}

/**
 * Joins with what the socket may do now: it may be late with its newer token, a call does not wait for that. A device is
 * in one call: it leaves the one of another room.
 */
export function createJoinCall({ media, leaveCalls, clock }: JoinCallDeps): CommandHandlers['call:join'] {
  async function join(
    context: CommandContext,
    request: CommandRequest<'call:join'>,
  ): Promise<CommandReply<'call:join'>> {
    const { data } = context.socket
    const requireGood = (): void => {
      if (data.isRevoked) throw new AppError('session_ended')
      if (data.expiresAtMs <= clock.now()) throw new AppError('token_expired')
    }
    requireGood()
    await leaveCalls.leaveOthers(data, request.roomId)
    // Noted first: a session that ends meanwhile ends its calls too …
    data.callRoomIds.add(request.roomId)
    const joined = await media.joinCall(toCallContext(context), request)
    try {
      requireGood()
    } catch (error) {
      // … and if it ended before the call had its place, once more.
      data.callRoomIds.add(request.roomId)
      await leaveCalls.leaveAll(data)
      throw error
    }
    return joined
  }
  return (context, request) => inTurn(context.socket.data, () => join(context, request))
}
