import type { Member } from '@our-now/contracts/rooms.ts'
import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit'
import type { MembersSlice } from './app-state.ts'
import { roomEventsReceived, roomGone, roomWasReset } from './log-actions.ts'
import { signedOut } from './session-slice.ts'

type State = Draft<MembersSlice>
const initialState = (): State => ({ byRoom: {} })

/** Member lists of the rooms that were opened, longest-standing first. Joins and leaves keep them true. */
const slice = createSlice({
  name: 'members',
  initialState,
  reducers: {
    membersLoading(state, { payload }: PayloadAction<{ roomId: string }>) {
      state.byRoom[payload.roomId] = {
        ...(state.byRoom[payload.roomId] ?? { members: [] }),
        status: 'loading',
      }
    },
    membersFailed(state, { payload }: PayloadAction<{ roomId: string }>) {
      const room = state.byRoom[payload.roomId]
      if (room) room.status = 'failed'
    },
    membersLoaded(
      state,
      {
        payload,
      }: PayloadAction<{ roomId: string; members: readonly Member[]; nextCursor?: string; isFirst: boolean }>,
    ) {
      const known = payload.isFirst ? [] : (state.byRoom[payload.roomId]?.members ?? [])
      const seen = new Set(known.map((member) => member.profile.userId))
      state.byRoom[payload.roomId] = {
        status: 'ready',
        members: [...known, ...payload.members.filter((member) => !seen.has(member.profile.userId))],
        ...(payload.nextCursor !== undefined && { nextCursor: payload.nextCursor }),
      }
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(signedOut, initialState)
      .addCase(roomGone, (state, { payload }) => {
        delete state.byRoom[payload.roomId]
      })
      .addCase(roomWasReset, (state, { payload }) => {
        delete state.byRoom[payload.roomId]
      })
      .addCase(roomEventsReceived, (state, { payload }) => {
        const room = state.byRoom[payload.roomId]
        if (!room) return
        for (const event of payload.events) {
          if (event.kind === 'member-left') {
            room.members = room.members.filter((member) => member.profile.userId !== event.member.userId)
          } else if (event.kind === 'members-joined' && room.nextCursor === undefined) {
            const seen = new Set(room.members.map((member) => member.profile.userId))
            for (const profile of event.members) {
              if (seen.has(profile.userId)) continue
              room.members.push({ profile, role: 'member', joinedAt: event.at, joinedSeq: event.seq - 1 })
            }
          } else if (event.kind === 'owner-changed') {
            for (const member of room.members)
              member.role = member.profile.userId === event.member.userId ? 'owner' : 'member'
          }
        }
      }),
})

export const { membersLoading, membersLoaded, membersFailed } = slice.actions
export const membersReducer = slice.reducer
