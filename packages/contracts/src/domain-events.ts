import { RoomEvent } from './rooms.ts'
import { UserEvent } from './user-events.ts'
import { Type, type Static } from 'typebox'
import { RoomId, SessionId, UserId } from './ids.ts'

const strict = { additionalProperties: false } as const

/**
 * What services learn of each other, through the event log only. `key` is the field whose value orders the events.
 * `chat.room-events.v1` is a range batch: events seqFrom … of one room in order.
 */
export const domainEvents = {
  'chat.room-events.v1': {
    topic: 'chat.room-events',
    key: 'roomId',
    data: Type.Object({ roomId: RoomId, events: Type.Array(RoomEvent, { minItems: 1 }) }, strict),
  },
  'chat.user-events.v1': {
    topic: 'chat.user-events',
    key: 'userId',
    data: Type.Object({ userId: UserId, events: Type.Array(UserEvent, { minItems: 1 }) }, strict),
  },
  'auth.session-ended.v1': {
    topic: 'auth.user-events',
    key: 'userId',
    data: Type.Object({ userId: UserId, sessionId: SessionId }, strict),
  },
} as const

export type DomainEventType = keyof typeof domainEvents
export type DomainEventData<T extends DomainEventType> = Static<(typeof domainEvents)[T]['data']>
