import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Apis } from '../apis.ts'
import type { LeaseKeeper } from '../presence/lease-keeper.ts'
import type { PresenceWatch } from '../presence/watch-presence.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'
import type { StartTyping } from '../rooms/start-typing.ts'
import type { VerifyAccessToken } from '../tokens/verify-access-token.ts'
import { toCallContext } from './call-context.ts'
import type { CommandContext, CommandHandlers } from './bind-commands.ts'
import { inTurn } from '../calls/in-turn.ts'
import { createJoinCall } from '../calls/join-call.ts'
import type { LeaveCalls } from '../calls/leave-calls.ts'
import { noCalls } from '../calls/no-calls.ts'

export interface CommandsDeps {
  readonly apis: Apis
  readonly verifyAccessToken: VerifyAccessToken
  readonly openRooms: OpenRooms
  readonly startTyping: StartTyping
  readonly presenceWatch: PresenceWatch
  readonly leases: LeaseKeeper
  readonly leaveCalls: LeaveCalls
  readonly clock: Clock
}

/** How long leaving a call may take, in ms. */
const leaveMs = 2_000

/**
 * A command of a device about its place in a call: should the session end, the place does too. By whichever command
 * first shows it, for a call outlives its socket.
 */
const inPlace =
  <Request extends { readonly roomId: string }, Result>(
    run: (context: CallContext, request: Request) => Promise<Result>,
  ) =>
  async (context: CommandContext, request: Request): Promise<Result> => {
    const { callRoomIds } = context.socket.data
    const isKnown = callRoomIds.has(request.roomId)
    callRoomIds.add(request.roomId)
    try {
      return await run(toCallContext(context), request)
    } catch (error) {
      if (!isKnown) callRoomIds.delete(request.roomId)
      throw error
    }
  }

/** What each command does: one line where a service does it, a verb of this gateway where sockets are concerned. */
export function createCommands(deps: CommandsDeps): CommandHandlers {
  const { chat, media = noCalls } = deps.apis
  return {
    'message:send': (context, request) => chat.sendMessage(toCallContext(context), request),
    'room:sync': (context, request) => chat.syncRooms(toCallContext(context), request),
    'user:sync': (context, request) => chat.syncUser(toCallContext(context), request),
    'cursor:move': (context, request) => chat.moveReadCursor(toCallContext(context), request),
    'room:open': (context, { roomId }) => deps.openRooms.open(context, roomId),
    'room:close': async ({ socket }, { roomId }) => {
      await socket.leave(channels.openRoom(roomId))
      return {}
    },
    'typing:start': (context, { roomId }) => deps.startTyping(context, roomId),
    'presence:set-visible': async ({ socket }, { isVisible }) => {
      socket.data.isVisible = isVisible
      deps.leases.hold(socket.data)
      return {}
    },
    'presence:watch': (context, { userIds }) => deps.presenceWatch.watch(context, userIds),
    'lobby:wait': (context, request) => chat.waitInLobby(toCallContext(context), request),
    'lobby:leave': (context, request) => chat.leaveLobby(toCallContext(context), request),
    'lobby:list': (context, request) => chat.listLobby(toCallContext(context), request),
    'lobby:answer': (context, request) => chat.answerLobby(toCallContext(context), request),
    'call:get': (context, request) => media.getCall(toCallContext(context), request),
    'call:list': (context, request) => media.listCalls(toCallContext(context), request),
    'call:decline': (context, request) => media.declineCall(toCallContext(context), request),
    'call:join': createJoinCall({ ...deps, media }),
    'call:connect': inPlace(media.connectTransport),
    'call:restart-ice': inPlace(media.restartIce),
    'call:produce': inPlace(media.produce),
    'call:set-producer': inPlace(media.setProducer),
    'call:consume': inPlace(media.consume),
    'call:set-consumer': inPlace(media.setConsumer),
    'call:raise-hand': inPlace(media.raiseHand),
    'call:mute': (context, request) => media.mutePeer(toCallContext(context), request),
    'call:ask-mute': (context, request) => media.askAllToMute(toCallContext(context), request),
    'call:let-in': (context, request) => media.letIntoCall(toCallContext(context), request),
    'call:list-out': (context, request) => media.listLockedOut(toCallContext(context), request),
    'call:keep': inPlace(media.keepCall),
    'call:probe': (context, request) => media.probePath(toCallContext(context), request),
    'call:leave': ({ socket: { data }, ...context }, request) =>
      inTurn(data, async () => {
        // The join that it waited for may have taken all of its own time.
        const left = await media.leaveCall({ ...context, deadlineAtMs: deps.clock.now() + leaveMs }, request)
        data.callRoomIds.delete(request.roomId)
        return left
      }),
    'auth:refresh': async ({ socket }, { accessToken }) => {
      const { userId, sessionId, expiresAtMs } = await deps.verifyAccessToken(accessToken)
      if (userId !== socket.data.userId || sessionId !== socket.data.sessionId)
        throw new AppError('unauthenticated')
      socket.data.expiresAtMs = Math.max(expiresAtMs, socket.data.expiresAtMs)
      return { expiresAt: expiresAtMs }
    },
  }
}
