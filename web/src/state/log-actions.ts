import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { createAction } from '@reduxjs/toolkit'

/** The next events of my own log, in order, each once. */
export const userEventsReceived = createAction<{ readonly events: readonly UserEvent[] }>(
  'user/eventsReceived',
)

/** The next events of a room's log, in order, each once. `myUserId` tells own from foreign. */
export const roomEventsReceived = createAction<{
  readonly roomId: string
  readonly events: readonly RoomEvent[]
  readonly myUserId: string
}>('room/eventsReceived')

/** The room's copy is too old: it starts anew at `head`. */
export const roomWasReset = createAction<{
  readonly roomId: string
  readonly head: number
  readonly missed: number
}>('room/reset')

/** I am not a member any more. */
export const roomGone = createAction<{ readonly roomId: string }>('room/gone')
