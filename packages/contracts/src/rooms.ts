import { Type, type Static } from 'typebox'
import {
  ClientMessageId,
  NewMessageId,
  Count,
  Instant,
  MessageText,
  Ordinal,
  RoomId,
  RoomName,
  Seq,
  UserId,
} from './ids.ts'
import { Profile } from './people.ts'

const strict = { additionalProperties: false } as const

/** video: stand-alone, with a link and a lobby; otherwise as a group. */
export const RoomKind = Type.Union([
  Type.Literal('direct'),
  Type.Literal('group'),
  Type.Literal('self'),
  Type.Literal('video'),
])
export type RoomKind = Static<typeof RoomKind>

export const MemberRole = Type.Union([Type.Literal('owner'), Type.Literal('member')])
export type MemberRole = Static<typeof MemberRole>

/** One member as the member list shows it. */
export const Member = Type.Object(
  { profile: Profile, role: MemberRole, joinedAt: Instant, joinedSeq: Seq },
  strict,
)
export type Member = Static<typeof Member>

/** A call's id, made by the media service; the same over a worker's or a node's death. */
export const CallId = Type.String({ pattern: '^[0-9a-f-]{36}$', maxLength: 36 })

/** A call that is over, as its line in a 1:1 room tells it. The message's author is who called. */
export const CallLine = Type.Object(
  {
    callId: CallId,
    isVideo: Type.Boolean(),
    /** missed: it rang and nobody came, or the other was in another call; declined: the other said no. */
    outcome: Type.Enum(['answered', 'missed', 'declined']),
    /** Ms from the first to the last; 0 unless answered. */
    durationMs: Count,
  },
  strict,
)
export type CallLine = Static<typeof CallLine>

/** A call of a room of many that is over, as the room's line in the list tells it. */
export const LastCall = Type.Object(
  {
    callId: CallId,
    /** Of the line of its end in the log. */
    seq: Seq,
    endedAt: Instant,
    isVideo: Type.Boolean(),
    durationMs: Count,
  },
  strict,
)
export type LastCall = Static<typeof LastCall>

/** The current state of one message (edits and deletions applied up to the page's `asOfSeq`). */
export const Message = Type.Object(
  {
    roomId: RoomId,
    seq: Seq,
    ordinal: Ordinal,
    authorId: UserId,
    clientMessageId: ClientMessageId,
    sentAt: Instant,
    /** Empty when deleted for everyone. */
    text: Type.String({ maxLength: 40_000 }),
    /** In place of words: the line of a call. Only a missed one counts in the badge. */
    call: Type.Optional(CallLine),
    deletedAt: Type.Optional(Instant),
  },
  strict,
)
export type Message = Static<typeof Message>

/** My own membership: what only I see of a room. */
export const MyMembership = Type.Object(
  {
    role: MemberRole,
    joinedSeq: Seq,
    readSeq: Seq,
    readOrdinal: Ordinal,
    isMuted: Type.Boolean(),
    isPinned: Type.Boolean(),
  },
  strict,
)
export type MyMembership = Static<typeof MyMembership>

/** One line of the room list. The unread badge is `lastOrdinal − membership.readOrdinal`. */
export const RoomSummary = Type.Object(
  {
    roomId: RoomId,
    kind: RoomKind,
    name: RoomName,
    memberCount: Count,
    /** Up to 5 members for name and mosaic, me included, longest-standing first. In a direct room both. */
    members: Type.Array(Profile, { maxItems: 5 }),
    head: Seq,
    lastOrdinal: Ordinal,
    lastMessage: Type.Optional(Message),
    /** Shown in place of a message that is older. */
    lastCall: Type.Optional(LastCall),
    /** When the room last moved in the list: its last message, the end of its last call, or its making. */
    activeAt: Instant,
    membership: MyMembership,
  },
  strict,
)
export type RoomSummary = Static<typeof RoomSummary>

const eventBase = {
  roomId: RoomId,
  seq: Seq,
  at: Instant,
  actorId: UserId,
}

/** Every fact of the one room log; `kind` tells which. */
export const RoomEvent = Type.Union([
  Type.Object({ ...eventBase, kind: Type.Literal('message-created'), message: Message }, strict),
  /** In place of a message from a person whom the reader blocks (direct rooms): its place in the log, nothing else. */
  Type.Object({ ...eventBase, kind: Type.Literal('message-withheld') }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('message-deleted'), targetSeq: Seq }, strict),
  Type.Object(
    {
      ...eventBase,
      kind: Type.Literal('room-created'),
      members: Type.Array(Profile, { maxItems: 500 }),
      /** How the room came to be: nothing is shown for 'direct' and 'self'. */
      roomKind: RoomKind,
    },
    strict,
  ),
  Type.Object(
    { ...eventBase, kind: Type.Literal('members-joined'), members: Type.Array(Profile, { maxItems: 500 }) },
    strict,
  ),
  Type.Object(
    {
      ...eventBase,
      kind: Type.Literal('member-left'),
      member: Profile,
      /** quiet: no system line. removed: by the owner (`actorId`). */
      reason: Type.Union([Type.Literal('left'), Type.Literal('quiet'), Type.Literal('removed')]),
    },
    strict,
  ),
  Type.Object({ ...eventBase, kind: Type.Literal('room-renamed'), name: RoomName }, strict),
  Type.Object({ ...eventBase, kind: Type.Literal('owner-changed'), member: Profile }, strict),
  /** In a room of many; a 1:1 room gets a message (`Message.call`) when the call is over. */
  Type.Object(
    { ...eventBase, kind: Type.Literal('call-started'), callId: CallId, isVideo: Type.Boolean() },
    strict,
  ),
  Type.Object(
    {
      ...eventBase,
      kind: Type.Literal('call-ended'),
      callId: CallId,
      isVideo: Type.Boolean(),
      durationMs: Count,
    },
    strict,
  ),
])
export type RoomEvent = Static<typeof RoomEvent>
export type RoomEventKind = RoomEvent['kind']

/** One member's read cursor, as others need it to count. */
export const ReadCursor = Type.Object({ userId: UserId, joinedSeq: Seq, readSeq: Seq }, strict)
export type ReadCursor = Static<typeof ReadCursor>

/**
 * What the unread number is computed from. Up to 100 members: `cursors`, one a member (bots never). Above:
 * `histogram`, how many members have each (joinedSeq, readSeq), without names.
 */
export const RoomCursors = Type.Object(
  {
    roomId: RoomId,
    cursorRev: Count,
    /** The log position up to which memberships are counted in here. */
    asOfSeq: Seq,
    cursors: Type.Optional(Type.Array(ReadCursor, { maxItems: 100 })),
    histogram: Type.Optional(
      Type.Array(Type.Object({ joinedSeq: Seq, readSeq: Seq, count: Count }, strict), { maxItems: 2000 }),
    ),
  },
  strict,
)
export type RoomCursors = Static<typeof RoomCursors>

/** A move of read cursors, pushed at most twice a second per room. `from` and `to` are readSeq. */
export const CursorsMoved = Type.Object(
  {
    roomId: RoomId,
    cursorRev: Count,
    /** The rev this move starts from: a client at another rev fetches the cursors anew. */
    fromRev: Count,
    moves: Type.Array(
      Type.Object(
        { userId: Type.Optional(UserId), joinedSeq: Seq, from: Seq, to: Seq, count: Count },
        strict,
      ),
      { maxItems: 200 },
    ),
  },
  strict,
)
export type CursorsMoved = Static<typeof CursorsMoved>

export const SendMessage = Type.Object(
  { roomId: RoomId, clientMessageId: NewMessageId, text: MessageText },
  strict,
)
export type SendMessage = Static<typeof SendMessage>

/** The acknowledgement: the message is on disk at this place. `repeated`: it already was. */
export const SentMessage = Type.Object(
  {
    roomId: RoomId,
    clientMessageId: ClientMessageId,
    seq: Seq,
    ordinal: Ordinal,
    sentAt: Instant,
    repeated: Type.Boolean(),
  },
  strict,
)
export type SentMessage = Static<typeof SentMessage>
