/**
 * The REST routes as the browser needs them: method and path by operation name. The contract's own table would bring
 * the schema library into the bundle; a test holds this one equal to it.
 */
export const restRoutes = {
  register: { method: 'POST', path: '/api/auth/register', auth: 'none' },
  signIn: { method: 'POST', path: '/api/auth/sign-in', auth: 'none' },
  refresh: { method: 'POST', path: '/api/auth/refresh', auth: 'cookie' },
  signOut: { method: 'POST', path: '/api/auth/sign-out', auth: 'cookie' },
  getRegistration: { method: 'GET', path: '/api/auth/registration', auth: 'none' },
  setRegistration: { method: 'PUT', path: '/api/auth/registration' },
  createRegistrationInvite: { method: 'POST', path: '/api/auth/registration-invites' },
  listAccounts: { method: 'GET', path: '/api/auth/accounts' },
  createPasswordReset: { method: 'POST', path: '/api/auth/password-resets' },
  redeemPasswordReset: { method: 'POST', path: '/api/auth/password-resets/redeem', auth: 'none' },
  listSessions: { method: 'GET', path: '/api/auth/sessions' },
  endSession: { method: 'DELETE', path: '/api/auth/sessions/:sessionId' },
  changePassword: { method: 'PUT', path: '/api/auth/password' },
  getMyProfile: { method: 'GET', path: '/api/me' },
  updateProfile: { method: 'PATCH', path: '/api/me' },
  getUser: { method: 'GET', path: '/api/users/:userId' },
  findUser: { method: 'GET', path: '/api/users' },
  listFriends: { method: 'GET', path: '/api/friends' },
  addFriend: { method: 'PUT', path: '/api/friends/:userId' },
  updateFriend: { method: 'PATCH', path: '/api/friends/:userId' },
  removeFriend: { method: 'DELETE', path: '/api/friends/:userId' },
  listAdmirers: { method: 'GET', path: '/api/admirers' },
  getFriendInvite: { method: 'GET', path: '/api/friend-invite' },
  rotateFriendInvite: { method: 'POST', path: '/api/friend-invite' },
  findFriendInvite: { method: 'GET', path: '/api/friend-invites/:code' },
  acceptFriendInvite: { method: 'POST', path: '/api/friend-invites/:code/accept' },
  listBlocks: { method: 'GET', path: '/api/blocks' },
  blockUser: { method: 'PUT', path: '/api/blocks/:userId' },
  unblockUser: { method: 'DELETE', path: '/api/blocks/:userId' },
  listRooms: { method: 'GET', path: '/api/rooms' },
  createGroup: { method: 'POST', path: '/api/rooms' },
  createVideoRoom: { method: 'POST', path: '/api/video-rooms' },
  getVideoRoom: { method: 'GET', path: '/api/rooms/:roomId/door' },
  updateVideoRoom: { method: 'PATCH', path: '/api/rooms/:roomId/door' },
  closeVideoRoom: { method: 'DELETE', path: '/api/rooms/:roomId/door' },
  openDirectRoom: { method: 'PUT', path: '/api/direct-rooms/:userId' },
  getRoom: { method: 'GET', path: '/api/rooms/:roomId' },
  renameRoom: { method: 'PATCH', path: '/api/rooms/:roomId' },
  listMembers: { method: 'GET', path: '/api/rooms/:roomId/members' },
  inviteMembers: { method: 'POST', path: '/api/rooms/:roomId/members' },
  removeMember: { method: 'DELETE', path: '/api/rooms/:roomId/members/:userId' },
  leaveRoom: { method: 'POST', path: '/api/rooms/:roomId/leave' },
  updateMembership: { method: 'PATCH', path: '/api/rooms/:roomId/membership' },
  listMessages: { method: 'GET', path: '/api/rooms/:roomId/messages' },
  sendMessage: { method: 'POST', path: '/api/rooms/:roomId/messages' },
  deleteMessage: { method: 'DELETE', path: '/api/rooms/:roomId/messages/:seq' },
  listCursors: { method: 'GET', path: '/api/rooms/:roomId/cursors' },
  getFaceSettings: { method: 'GET', path: '/api/face' },
  updateFaceUses: { method: 'PATCH', path: '/api/face' },
  deleteFace: { method: 'DELETE', path: '/api/face' },
  giveFaceConsent: { method: 'PUT', path: '/api/face/consent' },
  checkFace: { method: 'POST', path: '/api/face/checks', pictures: 'picture' },
  enrolFace: { method: 'POST', path: '/api/face/enrolments', pictures: 'shots' },
  createChallenge: { method: 'POST', path: '/api/face/challenges' },
  verifyChallenge: {
    method: 'POST',
    path: '/api/face/challenges/:challengeId/frames',
    pictures: 'frames',
  },
  getRoomTagging: { method: 'GET', path: '/api/rooms/:roomId/tagging' },
  setRoomTagging: { method: 'PUT', path: '/api/rooms/:roomId/tagging' },
  suggestFaces: { method: 'POST', path: '/api/rooms/:roomId/face-suggestions', pictures: 'picture' },
  listTags: { method: 'GET', path: '/api/rooms/:roomId/photos/:photoId/tags' },
  confirmTag: { method: 'POST', path: '/api/rooms/:roomId/photos/:photoId/tags' },
  removeTag: { method: 'DELETE', path: '/api/rooms/:roomId/tags/:tagId' },
} as const satisfies Record<string, ClientRoute>

export interface ClientRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Absent: an access token is needed. */
  readonly auth?: 'none' | 'cookie'
  /** The field of pictures: they travel as they are. */
  readonly pictures?: string
}
