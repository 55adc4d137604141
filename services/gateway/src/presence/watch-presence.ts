import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { PresenceApi, PresenceState } from '@our-now/contracts/presence.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { channels } from '@our-now/contracts/socket.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createDeferred } from '../deferred.ts'
import type { CommandContext } from '../socket/bind-commands.ts'
import { toCallContext } from '../socket/call-context.ts'
import { socketsIn, type GatewayServer, type GatewaySocket } from '../socket/connection.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

/** Which friends' presence a socket is told: those it asked for and may see. */
export interface PresenceWatch {
  /** Replaces what the socket watched. */
  readonly watch: (
    context: CommandContext,
    userIds: readonly string[],
  ) => Promise<{ states: PresenceState[] }>
  /** Something changed between this user and others: what is watched by and of them is looked at again. */
  readonly recheck: (userId: string) => void
  readonly stop: () => Promise<void>
}

const gatherMs = 100
const presencePrefix = channels.presence('')

export function createPresenceWatch({
  io,
  chat,
  presence,
  log,
}: {
  io: GatewayServer
  chat: Pick<ChatApi, 'listWatchable'>
  presence: Pick<PresenceApi, 'listStates'>
  log: Logger
}): PresenceWatch {
  const changed = new Set<string>()

  /** Joins the channels of those who may be watched, leaves all others, and answers who they are. */
  const apply = async (socket: GatewaySocket, call: CallContext): Promise<string[]> => {
    const asked = socket.data.watched
    const allowed =
      asked.length === 0 ? [] : (await chat.listWatchable(call, { userIds: [...asked] })).userIds
    // A later watch came while this one was asked about: that one decides.
    if (socket.data.watched !== asked) return allowed
    const wanted = new Set(allowed.map(channels.presence))
    for (const channel of socket.rooms)
      if (channel.startsWith(presencePrefix) && !wanted.has(channel)) void socket.leave(channel)
    await socket.join([...wanted])
    return allowed
  }

  const recheckChanged = async (): Promise<void> => {
    const userIds = [...changed]
    const sockets = new Set(
      userIds.flatMap((userId) => [
        ...socketsIn(io, channels.user(userId)),
        ...socketsIn(io, channels.presence(userId)),
      ]),
    )
    for (const socket of sockets) {
      const { userId, sessionId } = socket.data
      if (socket.data.watched.length > 0) await apply(socket, { traceId: createTraceId(), userId, sessionId })
    }
    // Only now: after a failure they are looked at again.
    for (const userId of userIds) changed.delete(userId)
  }

  const deferred = createDeferred('watched presence', recheckChanged, { afterMs: gatherMs, log })
  return {
    async watch(context, userIds) {
      const { socket } = context
      socket.data.watched = userIds
      const call = toCallContext(context)
      const allowed = await apply(socket, call)
      return allowed.length === 0 ? { states: [] } : presence.listStates(call, { userIds: allowed })
    },
    recheck: (userId) => {
      changed.add(userId)
      deferred.nudge()
    },
    stop: () => deferred.stop(),
  }
}
