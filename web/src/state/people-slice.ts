import type { Admirer, Block, Friend, Profile } from '@our-now/contracts/people.ts'
import type { RoomEvent, RoomSummary } from '@our-now/contracts/rooms.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { LoadStatus, PeopleSlice } from './app-state.ts'
import { roomEventsReceived, userEventsReceived } from './log-actions.ts'
import { membersLoaded } from './members-slice.ts'
import { roomsLoaded, roomUpdated } from './rooms-slice.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<PeopleSlice>
const initialState = (): State => ({
  status: 'idle',
  friends: {},
  admirers: {},
  blocks: {},
  profiles: {},
  toldSince: [],
})
const mostTold = 200

/** Friends, those who added me, those I block, and everybody's name. */
const slice = createSlice({
  name: 'people',
  initialState,
  reducers: {
    friendsLoadingChanged(state, { payload }: PayloadAction<LoadStatus>) {
      state.status = payload
      if (payload === 'loading') state.toldSince = []
    },
    /** A page; the first (`isFirst`) drops friends that are no more after a reset. */
    friendsLoaded(state, { payload }: PayloadAction<{ friends: readonly Friend[]; isFirst: boolean }>) {
      if (payload.isFirst) state.friends = {}
      for (const friend of payload.friends) keepFriend(state, friend)
      tellAgain(state)
    },
    friendChanged: (state, { payload }: PayloadAction<Friend>) => keepFriend(state, payload),
    friendRemoved(state, { payload }: PayloadAction<string>) {
      delete state.friends[payload]
    },
    admirersLoaded(state, { payload }: PayloadAction<{ admirers: readonly Admirer[]; isFirst: boolean }>) {
      if (payload.isFirst) state.admirers = {}
      for (const admirer of payload.admirers) keepAdmirer(state, admirer)
      tellAgain(state)
    },
    blocksLoaded(state, { payload }: PayloadAction<{ blocks: readonly Block[]; isFirst: boolean }>) {
      if (payload.isFirst) state.blocks = {}
      for (const block of payload.blocks) keepBlock(state, block)
      tellAgain(state)
    },
    blockChanged: (state, { payload }: PayloadAction<Block>) => keepBlock(state, payload),
    blockRemoved(state, { payload }: PayloadAction<string>) {
      delete state.blocks[payload]
    },
    profilesSeen: (state, { payload }: PayloadAction<readonly Profile[]>) => keepProfiles(state, payload),
  },
  extraReducers: (builder) =>
    builder
      .addCase(signedOut, initialState)
      .addCase(roomsLoaded, (state, { payload }) => keepMembers(state, payload.rooms))
      .addCase(roomUpdated, (state, { payload }) => keepMembers(state, [payload]))
      .addCase(membersLoaded, (state, { payload }) =>
        keepProfiles(
          state,
          payload.members.map((member) => member.profile),
        ),
      )
      .addCase(roomEventsReceived, (state, { payload }) => {
        for (const event of payload.events) meetProfiles(state, profilesIn(event))
      })
      .addCase(userEventsReceived, (state, { payload }) => {
        state.toldSince = [...state.toldSince, ...payload.events].slice(-mostTold)
        for (const event of payload.events) applyUserEvent(state, event)
      }),
})

/** Events are whole facts in order: told twice they change nothing. */
function tellAgain(state: State): void {
  for (const event of state.toldSince) applyUserEvent(state, event)
}

function applyUserEvent(state: State, event: UserEvent): void {
  switch (event.kind) {
    case 'friend-changed':
      return keepFriend(state, event.friend)
    case 'friend-removed':
      delete state.friends[event.friendId]
      return
    case 'friend-profile-changed':
      return keepProfiles(state, [event.profile])
    case 'admirer-added':
      return keepAdmirer(state, event.admirer)
    case 'admirer-removed':
      delete state.admirers[event.admirerId]
      return
    case 'block-changed':
      return keepBlock(state, event.block)
    case 'block-removed':
      delete state.blocks[event.blockedId]
      return
    case 'room-joined':
      return keepMembers(state, [event.room])
    default:
      return
  }
}

function keepFriend(state: State, friend: Friend): void {
  state.friends[friend.profile.userId] = friend
  delete state.admirers[friend.profile.userId]
  keepProfiles(state, [friend.profile])
}

function keepAdmirer(state: State, admirer: Admirer): void {
  const { userId } = admirer.profile
  if (state.friends[userId] || state.blocks[userId]) return
  state.admirers[userId] = admirer
  keepProfiles(state, [admirer.profile])
}

function keepBlock(state: State, block: Block): void {
  state.blocks[block.profile.userId] = block
  delete state.admirers[block.profile.userId]
  keepProfiles(state, [block.profile])
}

function keepMembers(state: State, rooms: readonly RoomSummary[]): void {
  const members = rooms.flatMap((room) => room.members)
  // Rooms name people without their status message: it is not for everybody in a room.
  const named = members.map((member) => ({
    ...member,
    statusMessage: state.profiles[member.userId]?.statusMessage ?? '',
  }))
  keepProfiles(state, named)
}

/** A room's log names people as they were called then: only strangers are learned from it. */
function meetProfiles(state: State, profiles: readonly Profile[]): void {
  for (const profile of profiles) state.profiles[profile.userId] ??= profile
}

/** The newest name wins, also inside the lists: a name is one fact shown in many places. */
function keepProfiles(state: State, profiles: readonly Profile[]): void {
  for (const profile of profiles) {
    state.profiles[profile.userId] = profile
    for (const list of [state.friends, state.admirers, state.blocks]) {
      const listed = list[profile.userId]
      if (listed) listed.profile = profile
    }
  }
}

function profilesIn(event: RoomEvent): readonly Profile[] {
  if (event.kind === 'room-created' || event.kind === 'members-joined') return event.members
  if (event.kind === 'member-left' || event.kind === 'owner-changed') return [event.member]
  return []
}

export const {
  friendsLoadingChanged,
  friendsLoaded,
  friendChanged,
  friendRemoved,
  admirersLoaded,
  blocksLoaded,
  blockChanged,
  blockRemoved,
  profilesSeen,
} = slice.actions
export const peopleReducer = slice.reducer
