import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { createSelector } from '@reduxjs/toolkit'
import type { RootState } from './store.ts'

/** Badges end here; beyond it nobody counts. */
export const badgeCap = 300

const rooms = (state: RootState) => state.rooms.rooms
const justOpened = (state: RootState) => state.rooms.justOpened

/** Unread messages of a room on any of my devices; 0 while it is muted counts all the same. */
export const unreadOf = (room: RoomSummary): number =>
  Math.max(0, room.lastOrdinal - room.membership.readOrdinal)

export const selectUnread = (state: RootState, roomId: string): number => {
  const room = state.rooms.rooms[roomId]
  return room ? unreadOf(room) : 0
}

/** `''` for none, `'7'`, `'300+'`. */
export const badgeText = (unread: number): string =>
  unread <= 0 ? '' : unread > badgeCap ? `${badgeCap}+` : String(unread)

/**
 * The room list: pinned first, then the latest activity. A 1:1 room in which nothing was said is not shown, unless I
 * opened it just now.
 */
export const selectRoomList = createSelector([rooms, justOpened], (byId, opened) =>
  Object.values(byId)
    .filter((room) => room.kind !== 'direct' || room.lastMessage !== undefined || opened[room.roomId])
    .toSorted(byPinThenActivity),
)

function byPinThenActivity(a: RoomSummary, b: RoomSummary): number {
  if (a.membership.isPinned !== b.membership.isPinned) return a.membership.isPinned ? -1 : 1
  return b.activeAt - a.activeAt || (a.roomId < b.roomId ? -1 : 1)
}

/** All unread messages, for the tab and the app icon. Muted rooms do not count. */
export const selectTotalUnread = createSelector([rooms], (byId) =>
  Object.values(byId).reduce((sum, room) => sum + (room.membership.isMuted ? 0 : unreadOf(room)), 0),
)

export const selectRoom = (state: RootState, roomId: string): RoomSummary | undefined =>
  state.rooms.rooms[roomId]
