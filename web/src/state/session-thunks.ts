import type { ApiRequest } from '@our-now/client/http/api-types.ts'
import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import type { AppThunk } from './app-thunk.ts'
import { signedOut } from './session-slice.ts'

/** At start: goes on with this device's session, or shows the sign-in. What follows is told by `session-changed`. */
export const restoreSession =
  (): AppThunk =>
  async (dispatch, _getState, { client }) => {
    const session = await client.session.restore()
    if (!session) dispatch(signedOut({}))
  }

/** @returns what is still asked, where the password alone is not enough */
export const signIn =
  (request: Omit<ApiRequest<'signIn'>, 'deviceName'>): AppThunk<SecondFactorRequired | undefined> =>
  async (_dispatch, _getState, { client }) => {
    const outcome = await client.session.signIn(request)
    return 'pendingToken' in outcome ? outcome : undefined
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
