import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { listRoomHeads } from '../heads/head-store.ts'
import { listRoomEvents } from './event-store.ts'
import { toRoomEvent } from './room-event.ts'

/** The log as it is, for gateways that repair a gap: they keep withheld messages from whom they are withheld. */
export function createReadRoomEvents({ database }: { database: Database }): ChatApi['readRoomEvents'] {
  return async (_context, { roomId, afterSeq, limit }) => {
    const [room] = await listRoomHeads(database.reader, [roomId])
    const head = room?.head ?? 0
    const toSeq = Math.min(head, afterSeq + limit)
    const rows = toSeq > afterSeq ? await listRoomEvents(database.reader, [{ roomId, afterSeq, toSeq }]) : []
    return {
      head,
      events: rows.map((row) => ({
        event: toRoomEvent(row),
        ...(row.withheld_from === null ? {} : { withheldFrom: row.withheld_from }),
      })),
    }
  }
}
