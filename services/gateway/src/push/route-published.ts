import { channels, type HubEventName } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Published } from '@our-now/platform/socket-hub/socket-hub.ts'
import { closeReplaced } from '../socket/close-replaced.ts'
import type { EndSessions } from '../socket/end-sessions.ts'
import type { GatewayServer } from '../socket/connection.ts'
import type { CursorRevs } from './cursor-revs.ts'
import type { LogFollower } from './log-follower.ts'
import type { MembershipCheck } from './membership-check.ts'
import type { LoggedRoomEvent } from './room-log.ts'

export interface RouteDeps {
  readonly io: GatewayServer
  readonly roomLog: LogFollower<LoggedRoomEvent>
  readonly userLog: LogFollower<UserEvent>
  readonly membership: MembershipCheck
  readonly cursorRevs: CursorRevs
  readonly endSessions: EndSessions
}

type Routes = { readonly [N in HubEventName]: (published: Extract<Published, { name: N }>) => void }

/** What becomes of each hint from a service. */
export function createRoutePublished(deps: RouteDeps): (published: Published) => void {
  const { io } = deps
  const routes: Routes = {
    'room:events': ({ payload: { roomId, membershipRev, events } }) => {
      deps.membership.noteInOrder(roomId, membershipRev)
      deps.roomLog.note(roomId, events)
    },
    'user:events': ({ payload: { userId, events } }) => deps.userLog.note(userId, events),
    'cursors:moved': ({ channel, payload }) => {
      deps.cursorRevs.note(payload.roomId, payload.cursorRev)
      io.local.to(channel).emit('cursors:moved', payload)
    },
    'presence:changed': ({ channel, payload }) => {
      io.local.to(channel).emit('presence:changed', payload)
    },
    'call:changed': ({ channel, payload }) => {
      io.local.to(channel).emit('call:changed', payload)
    },
    'call:event': ({ channel, payload }) => {
      io.local.to(channel).emit('call:event', payload)
    },
    'call:knocked': ({ channel, payload }) => {
      io.local.to(channel).emit('call:knocked', payload)
    },
    'lobby:changed': ({ channel, payload }) => {
      io.local.to(channel).emit('lobby:changed', payload)
    },
    'session:ended': ({ payload }) => deps.endSessions(payload.sessionIds),
    'connection:replaced': ({ payload }) => closeReplaced(io, payload),
    'typing:started': ({ channel, payload }) => {
      io.local.to(channel).except(channels.user(payload.userId)).emit('typing:started', payload)
    },
  }
  return (published) => {
    /** True because the table has for each name the handler of that name's publishes. */
    const route = routes[published.name] as (published: Published) => void
    route(published)
  }
}
