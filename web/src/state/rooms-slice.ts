import type { RoomEvent, RoomSummary } from '@our-now/contracts/rooms.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { LoadStatus, RoomsSlice } from './app-state.ts'
import { roomEventsReceived, roomGone, userEventsReceived } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<RoomsSlice>
const initialState = (): State => ({ status: 'idle', isComplete: false, rooms: {}, justOpened: {} })

/** My rooms as the list shows them. Badges are `lastOrdinal − readOrdinal`; see `room-selectors.ts`. */
const slice = createSlice({
  name: 'rooms',
  initialState,
  reducers: {
    roomsLoadingChanged(state, { payload }: PayloadAction<LoadStatus>) {
      state.status = payload
    },
    /** A page of the list, from the server or from this device's cache. */
    roomsLoaded(state, { payload }: PayloadAction<{ rooms: readonly RoomSummary[] }>) {
      for (const room of payload.rooms) keepNewer(state, room)
    },
    /** Every page came: rooms that were in none of them are not mine any more. */
    roomListCompleted(state, { payload }: PayloadAction<{ roomIds: readonly string[] }>) {
      const mine = new Set(payload.roomIds)
      for (const roomId of Object.keys(state.rooms)) if (!mine.has(roomId)) delete state.rooms[roomId]
      state.isComplete = true
      state.status = 'ready'
    },
    roomUpdated: (state, { payload }: PayloadAction<RoomSummary>) => keepNewer(state, payload),
    roomOpenedJustNow(state, { payload }: PayloadAction<string>) {
      state.justOpened[payload] = true
    },
    /** I read up to here on this device: the badge goes at once, the server's word follows. */
    readMarked(state, { payload }: PayloadAction<{ roomId: string; seq: number }>) {
      const room = state.rooms[payload.roomId]
      if (!room || payload.seq <= room.membership.readSeq) return
      room.membership.readSeq = payload.seq
      if (payload.seq >= room.head) room.membership.readOrdinal = room.lastOrdinal
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(signedOut, initialState)
      .addCase(roomGone, (state, { payload }) => {
        delete state.rooms[payload.roomId]
      })
      .addCase(roomEventsReceived, (state, { payload }) => {
        const room = state.rooms[payload.roomId]
        if (room) for (const event of payload.events) applyRoomEvent(room, event, payload.myUserId)
      })
      .addCase(userEventsReceived, (state, { payload }) => {
        for (const event of payload.events) {
          if (event.kind === 'room-joined') keepNewer(state, event.room)
          else if (event.kind === 'room-left') delete state.rooms[event.roomId]
          else if (event.kind === 'friend-profile-changed') renameMember(state, event.profile)
          else if (event.kind === 'membership-changed') {
            const membership = state.rooms[event.roomId]?.membership
            if (membership) Object.assign(membership, { isMuted: event.isMuted, isPinned: event.isPinned })
          } else if (event.kind === 'cursor-moved') {
            const membership = state.rooms[event.roomId]?.membership
            if (!membership) continue
            membership.readSeq = Math.max(membership.readSeq, event.readSeq)
            membership.readOrdinal = Math.max(membership.readOrdinal, event.readOrdinal)
          }
        }
      }),
})

/** A summary replaces an older one as a whole; of a newer one only what the log does not carry is taken. */
function keepNewer(state: State, room: RoomSummary): void {
  const known = state.rooms[room.roomId]
  if (!known || room.head >= known.head || room.membership.joinedSeq > known.membership.joinedSeq) {
    state.rooms[room.roomId] = known ? { ...room, membership: furtherRead(room, known) } : room
    return
  }
  known.membership = {
    ...furtherRead(known, room),
    isMuted: room.membership.isMuted,
    isPinned: room.membership.isPinned,
  }
}

/** Reading only moves up: an answer that was on its way must not bring a badge back. */
function furtherRead(room: RoomSummary, other: RoomSummary): RoomSummary['membership'] {
  const isRejoin = room.membership.joinedSeq !== other.membership.joinedSeq
  if (isRejoin || room.membership.readSeq >= other.membership.readSeq) return room.membership
  const { readSeq, readOrdinal } = other.membership
  return { ...room.membership, readSeq, readOrdinal: Math.max(readOrdinal, room.membership.readOrdinal) }
}

function applyRoomEvent(room: RoomSummary, event: RoomEvent, myUserId: string): void {
  if (event.seq <= room.head) return
  room.head = event.seq
  switch (event.kind) {
    case 'message-created': {
      const { message } = event
      room.lastMessage = message
      room.lastOrdinal = message.ordinal
      room.activeAt = message.sentAt
      // The own message never counts in the own badge; what others wrote before it stays unread.
      if (message.authorId === myUserId) readOneMore(room)
      return
    }
    case 'message-withheld':
      room.lastOrdinal += 1
      readOneMore(room)
      return
    case 'message-deleted':
      if (room.lastMessage?.seq === event.targetSeq)
        room.lastMessage = { ...room.lastMessage, text: '', deletedAt: event.at }
      return
    case 'call-ended': {
      const { callId, seq, at: endedAt, isVideo, durationMs } = event
      room.lastCall = { callId, seq, endedAt, isVideo, durationMs }
      room.activeAt = endedAt
      return
    }
    case 'members-joined': {
      const seen = new Set(room.members.map((member) => member.userId))
      const joined = event.members.filter((member) => !seen.has(member.userId))
      room.members = [...room.members, ...joined].slice(0, 5)
      room.memberCount += event.members.length
      return
    }
    case 'member-left':
      room.members = room.members.filter((member) => member.userId !== event.member.userId)
      room.memberCount -= 1
      return
    case 'room-renamed':
      room.name = event.name
      return
    case 'owner-changed':
      room.membership.role = event.member.userId === myUserId ? 'owner' : 'member'
      return
    default:
      return
  }
}

/** Counts one message as read without moving the cursor, as the server does. */
function readOneMore({ membership, lastOrdinal }: RoomSummary): void {
  membership.readOrdinal = Math.min(membership.readOrdinal + 1, lastOrdinal)
}

function renameMember(state: State, profile: Profile): void {
  for (const room of Object.values(state.rooms)) {
    const index = room.members.findIndex((member) => member.userId === profile.userId)
    if (index >= 0) room.members[index] = profile
  }
}

export const {
  roomsLoadingChanged,
  roomsLoaded,
  roomListCompleted,
  roomUpdated,
  roomOpenedJustNow,
  readMarked,
} = slice.actions
export const roomsReducer = slice.reducer
