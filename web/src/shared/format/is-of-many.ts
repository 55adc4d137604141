import type { RoomKind } from '@our-now/contracts/rooms.ts'

/** Rooms with an owner, a name and any number of members: groups and video rooms. */
export const isOfMany = (kind: RoomKind): boolean => kind === 'group' || kind === 'video'
