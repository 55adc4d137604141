import type { ApiRequest } from '@our-now/client/http/api-types.ts'
import type { AppThunk } from './app-thunk.ts'
import { signedOut } from './session-slice.ts'

/** At start: goes on with this device's session, or shows the sign-in. What follows is told by `session-changed`. */
export const restoreSession =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    const session = await client.session.restore()
    if (!session) dispatch(signedOut({}))
  }

export const signIn =
  (request: Omit<ApiRequest<'signIn'>, 'deviceName'>): AppThunk =>
  async (_dispatch, _getState, { client }) => {
    await client.session.signIn(request)
  }

export const register =
  (request: Omit<ApiRequest<'register'>, 'deviceName'>): AppThunk =>
  async (_dispatch, _getState, { client }) => {
    await client.session.register(request)
  }

/** Ends the session and empties what this device stored. */
export const signOut =
  (): AppThunk =>
  async (_dispatch, _getState, { client }) =>
    client.session.signOut()
