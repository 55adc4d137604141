import type { RoomTimeline } from '../app-state.ts'
import { closedRoomLines } from '../messages-slice.ts'
import { selectRoomList } from '../room-selectors.ts'
import type { RootState } from '../store.ts'
import type { RoomCache } from './room-cache.ts'

const maxRooms = 200
const maxFriends = 300

/** Keeps what the first screen shows. */
export async function keepHome(cache: RoomCache, state: RootState): Promise<void> {
  if (state.session.status !== 'signed-in' || state.rooms.status !== 'ready') return
  await cache.saveHome({
    ...(state.me.profile && { profile: state.me.profile }),
    rooms: selectRoomList(state).slice(0, maxRooms),
    friends: Object.values(state.people.friends).slice(0, maxFriends),
  })
}

/** Keeps the last lines of a room that is being left, if they are the newest ones. */
export async function keepPage(
  cache: RoomCache,
  room: RoomTimeline | undefined,
  nowMs: number,
): Promise<void> {
  if (!room || room.status !== 'ready' || room.timeline.hasAfter) return
  const { roomId, lines, hasBefore, liveSeq } = room.timeline
  await cache.savePage({
    roomId,
    lines: lines.slice(-closedRoomLines),
    hasBefore: hasBefore || lines.length > closedRoomLines,
    liveSeq,
    savedAtMs: nowMs,
  })
}
