import type { authContract } from './auth.ts'
import type { chatContract } from './chat.ts'
import type { visionContract } from './vision.ts'

/**
 * Every REST route. The request schema of the operation says what may be sent: names in the path are taken from
 * there, the rest from the query (GET, DELETE) or the JSON body (POST, PUT, PATCH). One file, no second description.
 */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly service: 'auth' | 'chat' | 'vision'
  readonly operation: string
  /** `none`: anonymous; `access`: access token; `cookie`: the refresh cookie, with origin and header checked. */
  readonly auth: 'none' | 'access' | 'cookie'
  /**
   * The field of pictures, which may be sent as they are instead of in base64: one picture as the body, with the other
   * fields in the query; several as `picturesContentType`. Such a call may take 10 s.
   */
  readonly pictures?: string
}

/**
 * A body of several pictures: parts of a length (4 bytes, big-endian) and as many bytes. The first part is a JSON object
 * with the other fields, each further part a picture.
 */
export const picturesContentType = 'application/vnd.our-now.pictures'
/** One picture as the whole body. */
export const pictureContentTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

type Operations = {
  auth: keyof typeof authContract
  chat: keyof typeof chatContract
  vision: keyof typeof visionContract
}
const route = <S extends keyof Operations>(
  method: RestRoute['method'],
  path: string,
  service: S,
  operation: Operations[S],
  auth: RestRoute['auth'] = 'access',
): RestRoute & { service: S; operation: Operations[S] } => ({ method, path, service, operation, auth })
const pictureRoute = (
  path: string,
  operation: keyof typeof visionContract,
  pictures: string,
): RestRoute & { service: 'vision'; operation: keyof typeof visionContract; pictures: string } => ({
  ...route('POST', path, 'vision', operation),
  pictures,
})

export const restRoutes = [
  route('POST', '/api/auth/register', 'auth', 'register', 'none'),
  route('POST', '/api/auth/sign-in', 'auth', 'signIn', 'none'),
  route('POST', '/api/auth/sign-in/complete', 'auth', 'completeSignIn', 'none'),
  route('POST', '/api/auth/sign-in/face', 'auth', 'beginFaceStep', 'none'),
  {
    ...route('POST', '/api/auth/sign-in/face/complete', 'auth', 'completeSignInByFace', 'none'),
    pictures: 'frames',
  },
  route('POST', '/api/auth/refresh', 'auth', 'refresh', 'cookie'),
  route('POST', '/api/auth/sign-out', 'auth', 'signOut', 'cookie'),
  route('GET', '/api/auth/registration', 'auth', 'getRegistration', 'none'),
  route('PUT', '/api/auth/registration', 'auth', 'setRegistration'),
  route('POST', '/api/auth/registration-invites', 'auth', 'createRegistrationInvite'),
  route('GET', '/api/auth/accounts', 'auth', 'listAccounts'),
  route('POST', '/api/auth/password-resets', 'auth', 'createPasswordReset'),
  route('POST', '/api/auth/password-resets/redeem', 'auth', 'redeemPasswordReset', 'none'),
  route('GET', '/api/auth/sessions', 'auth', 'listSessions'),
  route('DELETE', '/api/auth/sessions/:sessionId', 'auth', 'endSession'),
  route('PUT', '/api/auth/password', 'auth', 'changePassword'),
  route('POST', '/api/auth/password/confirm', 'auth', 'confirmPassword'),
  route('GET', '/api/auth/second-factor', 'auth', 'getSecondFactor'),
  route('POST', '/api/auth/second-factor/totp', 'auth', 'beginTotp'),
  route('POST', '/api/auth/second-factor/totp/confirm', 'auth', 'confirmTotp'),
  route('POST', '/api/auth/second-factor/recovery-codes', 'auth', 'createRecoveryCodes'),
  route('POST', '/api/auth/second-factor/off', 'auth', 'turnOffSecondFactor'),
  route('POST', '/api/auth/second-factor-resets', 'auth', 'resetSecondFactor'),

  route('GET', '/api/me', 'chat', 'getMyProfile'),
  route('PATCH', '/api/me', 'chat', 'updateProfile'),
  route('GET', '/api/users/:userId', 'chat', 'getUser'),
  route('GET', '/api/users', 'chat', 'findUser'),
  route('GET', '/api/friends', 'chat', 'listFriends'),
  route('PUT', '/api/friends/:userId', 'chat', 'addFriend'),
  route('PATCH', '/api/friends/:userId', 'chat', 'updateFriend'),
  route('DELETE', '/api/friends/:userId', 'chat', 'removeFriend'),
  route('GET', '/api/admirers', 'chat', 'listAdmirers'),
  route('GET', '/api/friend-invite', 'chat', 'getFriendInvite'),
  route('POST', '/api/friend-invite', 'chat', 'rotateFriendInvite'),
  route('GET', '/api/friend-invites/:code', 'chat', 'findFriendInvite'),
  route('POST', '/api/friend-invites/:code/accept', 'chat', 'acceptFriendInvite'),
  route('GET', '/api/blocks', 'chat', 'listBlocks'),
  route('PUT', '/api/blocks/:userId', 'chat', 'blockUser'),
  route('DELETE', '/api/blocks/:userId', 'chat', 'unblockUser'),

  route('GET', '/api/rooms', 'chat', 'listRooms'),
  route('POST', '/api/rooms', 'chat', 'createGroup'),
  route('POST', '/api/video-rooms', 'chat', 'createVideoRoom'),
  route('GET', '/api/rooms/:roomId/door', 'chat', 'getVideoRoom'),
  route('PATCH', '/api/rooms/:roomId/door', 'chat', 'updateVideoRoom'),
  route('DELETE', '/api/rooms/:roomId/door', 'chat', 'closeVideoRoom'),
  route('PUT', '/api/direct-rooms/:userId', 'chat', 'openDirectRoom'),
  route('GET', '/api/rooms/:roomId', 'chat', 'getRoom'),
  route('PATCH', '/api/rooms/:roomId', 'chat', 'renameRoom'),
  route('GET', '/api/rooms/:roomId/members', 'chat', 'listMembers'),
  route('POST', '/api/rooms/:roomId/members', 'chat', 'inviteMembers'),
  route('DELETE', '/api/rooms/:roomId/members/:userId', 'chat', 'removeMember'),
  route('POST', '/api/rooms/:roomId/leave', 'chat', 'leaveRoom'),
  route('PATCH', '/api/rooms/:roomId/membership', 'chat', 'updateMembership'),
  route('GET', '/api/rooms/:roomId/messages', 'chat', 'listMessages'),
  route('POST', '/api/rooms/:roomId/messages', 'chat', 'sendMessage'),
  route('DELETE', '/api/rooms/:roomId/messages/:seq', 'chat', 'deleteMessage'),
  route('GET', '/api/rooms/:roomId/cursors', 'chat', 'listCursors'),

  route('GET', '/api/face', 'vision', 'getFaceSettings'),
  route('PATCH', '/api/face', 'vision', 'updateFaceUses'),
  route('DELETE', '/api/face', 'vision', 'deleteFace'),
  route('PUT', '/api/face/consent', 'vision', 'giveFaceConsent'),
  pictureRoute('/api/face/checks', 'checkFace', 'picture'),
  { ...route('POST', '/api/face/enrolments', 'auth', 'enrolFace'), pictures: 'shots' },
  route('POST', '/api/face/challenges', 'vision', 'createChallenge'),
  pictureRoute('/api/face/challenges/:challengeId/frames', 'verifyChallenge', 'frames'),
  route('GET', '/api/rooms/:roomId/tagging', 'vision', 'getRoomTagging'),
  route('PUT', '/api/rooms/:roomId/tagging', 'vision', 'setRoomTagging'),
  pictureRoute('/api/rooms/:roomId/face-suggestions', 'suggestFaces', 'picture'),
  route('GET', '/api/rooms/:roomId/photos/:photoId/tags', 'vision', 'listTags'),
  route('POST', '/api/rooms/:roomId/photos/:photoId/tags', 'vision', 'confirmTag'),
  route('DELETE', '/api/rooms/:roomId/tags/:tagId', 'vision', 'removeTag'),
] as const

/**
 * Routes with `auth: 'cookie'` are refused without this header: a foreign page cannot send it without a preflight,
 * which is never answered.
 */
export const cookieRequestHeader = { name: 'x-our-now', value: '1' } as const
