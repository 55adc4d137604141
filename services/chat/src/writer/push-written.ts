import { channels } from '@our-now/contracts/socket.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { CursorPusher } from '../cursors/push-cursors.ts'
import { toRoomHead } from '../heads/head-store.ts'
import type { RecentHeads } from '../heads/recent-heads.ts'
import type { PublishUserEvents } from '../user-log/publish-user-events.ts'
import type { WrittenBatch } from './write-batch.ts'

export interface PushWrittenDeps {
  readonly hub: SocketHub
  readonly heads: RecentHeads
  readonly cursorPusher: CursorPusher
  readonly publishUserEvents: PublishUserEvents
}

/** Tells the gateways what a transaction committed: hints for now, heads for whoever misses the hints. */
export function createPushWritten({ hub, heads, cursorPusher, publishUserEvents }: PushWrittenDeps) {
  return ({ rooms, userEvents }: WrittenBatch): void => {
    // Before the room's own events: whoever came hears them, whoever went does not.
    publishUserEvents(userEvents)
    for (const room of rooms) {
      const row = room.find()
      if (row === undefined) continue
      // Also for what was here already: whoever committed it may have died before it told anybody.
      heads.noteRoom(toRoomHead(row))
      if (room.changeCount === 0) continue
      if (room.placed.length > 0) {
        hub.publish(channels.room(room.roomId), 'room:events', {
          roomId: room.roomId,
          membershipRev: row.membership_rev,
          events: room.placed,
        })
      }
      cursorPusher.note(room)
    }
  }
}
