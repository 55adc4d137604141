import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomSync } from '@our-now/contracts/chat/heads.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { requireUser } from '../callers/require-user.ts'
import { listAccess, type RoomAccess } from '../rooms/room-store.ts'
import { listRoomEvents } from './event-store.ts'
import { toRoomEvent } from './room-event.ts'

const maxEventsPerRoom = 200
const maxEventsPerReply = 2_000
/** Whoever missed more than this loads the last page instead. */
const maxGap = 2_000

interface Gap {
  readonly access: RoomAccess
  readonly have: number
}

/** What the caller missed in these rooms: two queries however many rooms. */
export function createSyncRooms({ database }: { database: Database }): ChatApi['syncRooms'] {
  return async (context, request) => {
    const readerId = requireUser(context)
    const haveByRoom = new Map(request.rooms.map(({ roomId, have }) => [roomId, have]))
    const rows = await listAccess(database.reader, [...haveByRoom.keys()], readerId)
    const mine = new Map(rows.map((row) => [row.room_id, row]))
    const gaps: Gap[] = [...haveByRoom].flatMap(([roomId, have]) => {
      const access = mine.get(roomId)
      return access === undefined ? [] : [{ access, have }]
    })
    const { answered, rest } = fitIntoReply(gaps)
    const ranges = answered.filter((gap) => !mustReset(gap)).map(toRange)
    const events = Map.groupBy(await listRoomEvents(database.reader, ranges), (row) => row.room_id)
    return {
      rooms: answered.map((gap) =>
        toRoomSync(
          gap,
          (events.get(gap.access.room_id) ?? []).map((row) => toRoomEvent(row, readerId)),
        ),
      ),
      gone: [...haveByRoom.keys()].filter((roomId) => !mine.has(roomId)),
      rest: rest.map(({ access }) => access.room_id),
    }
  }
}

/** Before the join there is nothing for this reader, and a head below `have` is a restored backup. */
const mustReset = ({ access, have }: Gap): boolean =>
  have > access.last_seq || have < access.joined_seq || access.last_seq - have > maxGap

const toRange = ({ access, have }: Gap) => ({
  roomId: access.room_id,
  afterSeq: have,
  toSeq: Math.min(access.last_seq, have + maxEventsPerRoom),
})

function fitIntoReply(gaps: readonly Gap[]): { answered: Gap[]; rest: Gap[] } {
  let space = maxEventsPerReply
  const answered: Gap[] = []
  const rest: Gap[] = []
  for (const gap of gaps) {
    const size = mustReset(gap) ? 0 : Math.min(gap.access.last_seq - gap.have, maxEventsPerRoom)
    if (size > space) rest.push(gap)
    else {
      space -= size
      answered.push(gap)
    }
  }
  return { answered, rest }
}

function toRoomSync(gap: Gap, events: RoomSync['events']): RoomSync {
  const { access, have } = gap
  const reset = mustReset(gap)
  const reached = events.at(-1)?.seq ?? have
  return {
    roomId: access.room_id,
    head: access.last_seq,
    cursorRev: access.cursor_rev,
    events,
    more: !reset && reached < access.last_seq,
    reset,
  }
}
