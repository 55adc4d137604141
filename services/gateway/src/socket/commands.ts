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
import type { CommandHandlers } from './bind-commands.ts'
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
    'call:connect': (context, request) => media.connectTransport(toCallContext(context), request),
    'call:restart-ice': (context, request) => media.restartIce(toCallContext(context), request),
    'call:produce': (context, request) => media.produce(toCallContext(context), request),
    'call:set-producer': (context, request) => media.setProducer(toCallContext(context), request),
    'call:consume': (context, request) => media.consume(toCallContext(context), request),
    'call:set-consumer': (context, request) => media.setConsumer(toCallContext(context), request),
    'call:raise-hand': (context, request) => media.raiseHand(toCallContext(context), request),
    'call:mute': (context, request) => media.mutePeer(toCallContext(context), request),
    'call:ask-mute': (context, request) => media.askAllToMute(toCallContext(context), request),
    'call:let-in': (context, request) => media.letIntoCall(toCallContext(context), request),
    'call:list-out': (context, request) => media.listLockedOut(toCallContext(context), request),
    'call:keep': (context, request) => {
      context.socket.data.callRoomIds.add(request.roomId)
      return media.keepCall(toCallContext(context), request)
    },
    'call:probe': (context, request) => media.probePath(toCallContext(context), request),
    'call:leave': async (context, request) => {
      const left = await media.leaveCall(toCallContext(context), request)
      context.socket.data.callRoomIds.delete(request.roomId)
      return left
    },
    'auth:refresh': async ({ socket }, { accessToken }) => {
      const { userId, sessionId, expiresAtMs } = await deps.verifyAccessToken(accessToken)
      if (userId !== socket.data.userId || sessionId !== socket.data.sessionId)
        throw new AppError('unauthenticated')
      socket.data.expiresAtMs = Math.max(expiresAtMs, socket.data.expiresAtMs)
      return { expiresAt: expiresAtMs }
    },
  }
}
