import { channels } from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { RecentHeads } from '../heads/recent-heads.ts'

/** Tells the gateways what was committed to users' own logs. Call after the commit; each user's events in order. */
export type PublishUserEvents = (events: readonly UserEvent[]) => void

export function createPublishUserEvents({
  hub,
  heads,
}: {
  hub: Pick<SocketHub, 'publish'>
  heads: Pick<RecentHeads, 'noteUser'>
}): PublishUserEvents {
  return (events) => {
    for (const [userId, own] of Map.groupBy(events, (event) => event.userId)) {
      heads.noteUser({ userId, head: own.at(-1)?.seq ?? 0 })
      hub.publish(channels.user(userId), 'user:events', { userId, events: own })
    }
  }
}
