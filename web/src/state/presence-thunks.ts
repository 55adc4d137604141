import type { AppTell } from './app-thunk.ts'

/** The people now on screen (at most 200 count). Only friends whose presence may be seen answer. */
export const watchPresence =
  (userIds: readonly string[]): AppTell =>
  (_dispatch, _getState, { client }) =>
    client.presence.watch(userIds)
