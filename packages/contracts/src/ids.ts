import { Type, type Static } from 'typebox'

/**
 * The kinds of id and number that every schema is made of. Ids are UUIDs in lower case (version 7 where we make
 * them); times are whole milliseconds since the epoch on the server's clock.
 */

const uuid = (description: string, versions = '1-8') =>
  Type.String({
    pattern: `^[0-9a-f]{8}-[0-9a-f]{4}-[${versions}][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
    maxLength: 36,
    description,
  })

export const UserId = uuid('An account.')
export const RoomId = uuid('A room.')
export const SessionId = uuid('One signed-in device.')
export const ConnectionId = uuid('One socket of one session.')
export const ClientMessageId = uuid('Made by the sender once, the same on every retry (UUIDv7).')
/** As a person sends it. Version 5 is what services derive for lines of their own: nobody takes one before them. */
export const NewMessageId = uuid(
  'Made by the sender once, the same on every retry: a UUIDv7, any version but 5.',
  '1-46-8',
)

export const Instant = Type.Integer({
  minimum: 0,
  maximum: 8_640_000_000_000_000,
  description: 'Milliseconds since the epoch, server clock.',
})
export type Instant = Static<typeof Instant>

export const Seq = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "A position in a room's or a user's log: 1, 2, 3 … without holes; 0 is before the first.",
})
export const Ordinal = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "A message's number among its room's messages: 1, 2, 3 …",
})
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** The id that a person signs in and is found with. Lower case; the door lowers what was typed. */
export const Handle = Type.String({
  pattern: '^[a-z0-9](?:[a-z0-9._-]{1,18})[a-z0-9]$',
  maxLength: 20,
  description:
    'Sign-in id: 3–20 of a–z, 0–9, dot, underscore, hyphen; begins and ends with a letter or digit.',
})

/** Lengths here are UTF-16 units and only bound the input; people-facing limits count graphemes in the service. */
export const DisplayName = Type.String({ minLength: 1, maxLength: 200, description: '1–40 graphemes.' })
export const StatusMessage = Type.String({ maxLength: 400, description: '0–60 graphemes.' })
export const RoomName = Type.String({
  maxLength: 400,
  description: '0–50 graphemes; empty: the members’ names.',
})
export const MessageText = Type.String({
  minLength: 1,
  maxLength: 40_000,
  description: '1–10,000 graphemes.',
})
export const Password = Type.String({ minLength: 8, maxLength: 256, description: '8–256 characters.' })
export const DeviceName = Type.String({
  maxLength: 120,
  description: 'What the person sees in the device list.',
})
export const InviteCode = Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$', maxLength: 64 })
export const PageCursor = Type.String({
  maxLength: 512,
  description: 'Opaque: the nextCursor of the page before. Absent on the first page.',
})
export const Empty = Type.Object({}, { additionalProperties: false })
export type Empty = Static<typeof Empty>
