import { PageCursor, RoomId, UserId } from '../ids.ts'
import { Type } from 'typebox'

/** Parts that several operations of chat share. */
export const strict = { additionalProperties: false } as const
export const pageOf = (max: number) => ({
  cursor: Type.Optional(PageCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: max })),
})
export const nextCursor = Type.Optional(PageCursor)
export const AboutRoom = Type.Object({ roomId: RoomId }, strict)
export const AboutUser = Type.Object({ userId: UserId }, strict)
export const UserIds = Type.Array(UserId, { minItems: 1, maxItems: 200, uniqueItems: true })
