import type { RoomKind } from '@our-now/contracts/rooms.ts'

/** Rooms with an owner and any number of members. */
export const isOfMany = (kind: RoomKind): boolean => kind === 'group' || kind === 'video'
