import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'

/** Any fixed UUID: ids below are reproducible within this product only. */
const namespace = '6f75722d-6e6f-4777-8f6f-6d2d69647321'

/**
 * The id of a room that exists once by nature is made of what makes it unique. So the primary key alone settles every
 * race, and no second unique index is needed that would cross rooms (and shards).
 */
export const directRoomId = (userId: string, otherId: string): string =>
  uuidv5(`direct:${[userId, otherId].sort().join(':')}`, namespace)

export const selfRoomId = (userId: string): string => uuidv5(`self:${userId}`, namespace)

/** A group's id; repeating the creator's own `clientRoomId` gives the same group, another person's a different one. */
export const groupRoomId = (creatorId: string, clientRoomId: string | undefined): string =>
  clientRoomId === undefined ? uuidv7() : uuidv5(`group:${creatorId}:${clientRoomId}`, namespace)
