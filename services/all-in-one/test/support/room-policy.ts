import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import type { ErrorCode } from '@our-now/contracts/errors.ts'

/** What a row of the policy may speak of: one group and those around it. */
export interface Scene {
  /** A member besides the one who acts. */
  readonly otherMemberId: string
  readonly strangerId: string
  /** A message of the owner. */
  readonly ownersSeq: number
}

type Outcome = 'ok' | ErrorCode
export interface PolicyRow {
  /** What distinguishes rows of one operation. */
  readonly what?: string
  readonly request?: (scene: Scene) => Readonly<Record<string, unknown>>
  readonly member: Outcome
  readonly owner: Outcome
  /** For everybody who is not in the room, and for every id that is no room of theirs; absent: room_not_found. */
  readonly outsider?: Outcome
}

const everyMember = { member: 'ok', owner: 'ok' } as const
/** Whoever has not joined finds no call, member or not. */
const notInCall = { member: 'call_not_found', owner: 'call_not_found', outsider: 'call_not_found' } as const
const hostOnly = { member: 'forbidden', owner: 'call_not_found' } as const
const noDoor = { member: 'room_not_found', owner: 'room_not_found' } as const
const id = () => crypto.randomUUID()
const joining = findMediaWorker() === undefined ? 'calls_unavailable' : 'ok'
const fingerprints = [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }]
const rtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1 }],
}
const aMessage = () => ({ clientMessageId: crypto.randomUUID(), text: 'hello' })

/**
 * Who may do what in a group, by REST operation and socket command: the whole policy, in one table. A test holds it
 * complete.
 */
export const roomPolicy: Readonly<Record<string, readonly [PolicyRow, ...PolicyRow[]]>> = {
  getRoom: [everyMember],
  renameRoom: [{ ...everyMember, request: () => ({ name: 'renamed' }) }],
  listMembers: [everyMember],
  inviteMembers: [
    { ...everyMember, what: 'a stranger', request: ({ strangerId }) => ({ userIds: [strangerId] }) },
  ],
  removeMember: [
    {
      what: 'another member',
      request: ({ otherMemberId }) => ({ userId: otherMemberId }),
      member: 'forbidden',
      owner: 'ok',
    },
    {
      what: 'somebody who is not in it',
      request: ({ strangerId }) => ({ userId: strangerId }),
      member: 'forbidden',
      owner: 'user_not_found',
    },
  ],
  leaveRoom: [
    { ...everyMember, what: 'with a line', request: () => ({ isQuiet: false }) },
    { ...everyMember, what: 'quietly', request: () => ({ isQuiet: true }) },
  ],
  updateMembership: [{ ...everyMember, request: () => ({ isMuted: true }) }],
  listMessages: [everyMember],
  sendMessage: [{ ...everyMember, request: aMessage }],
  deleteMessage: [
    {
      what: "the owner's message",
      request: ({ ownersSeq }) => ({ seq: ownersSeq }),
      member: 'forbidden',
      owner: 'ok',
    },
    {
      what: 'a message that is none',
      request: () => ({ seq: 1 }),
      member: 'message_not_found',
      owner: 'message_not_found',
    },
  ],
  listCursors: [everyMember],
  /** Face features are off in these tests: who is in the room is told so, others learn nothing. */
  getRoomTagging: [everyMember],
  setRoomTagging: [
    { what: 'on', request: () => ({ isOn: true }), member: 'forbidden', owner: 'face_off' },
    { what: 'off', request: () => ({ isOn: false }), member: 'forbidden', owner: 'ok' },
  ],
  suggestFaces: [{ member: 'face_off', owner: 'face_off' }],
  listTags: [everyMember],
  confirmTag: [
    {
      request: ({ otherMemberId }) => ({ userId: otherMemberId }),
      member: 'face_off',
      owner: 'face_off',
    },
  ],
  removeTag: [{ ...everyMember, what: 'a tag that is none' }],
  'message:send': [{ ...everyMember, request: aMessage }],
  'cursor:move': [{ ...everyMember, request: ({ ownersSeq }) => ({ seq: ownersSeq }) }],
  'room:open': [everyMember],
  /** Closing what one has not open changes nothing, so it need not be looked up. */
  'room:close': [{ ...everyMember, outsider: 'ok' }],
  'typing:start': [everyMember],
  /** A group is no video room: it has no door, to anybody. */
  getVideoRoom: [noDoor],
  updateVideoRoom: [{ ...noDoor, request: () => ({ isLocked: true }) }],
  closeVideoRoom: [noDoor],
  'lobby:list': [noDoor],
  'lobby:answer': [{ ...noDoor, request: ({ strangerId }) => ({ userIds: [strangerId], isAdmitted: true }) }],
  'call:get': [everyMember],
  /** Asks for many rooms at once: those that are not the caller's are left out. */
  'call:list': [{ ...everyMember, outsider: 'ok' }],
  'call:decline': [everyMember],
  'call:connect': [
    { ...notInCall, request: () => ({ transportId: id(), dtlsParameters: { fingerprints } }) },
  ],
  'call:restart-ice': [{ ...notInCall, request: () => ({ transportId: id() }) }],
  'call:produce': [
    {
      ...notInCall,
      request: () => ({ kind: 'audio', source: 'microphone', rtpParameters, isPaused: false }),
    },
  ],
  'call:set-producer': [{ ...notInCall, request: () => ({ producerId: id(), state: 'closed' }) }],
  'call:consume': [{ ...notInCall, request: () => ({ producerId: id(), rtpCapabilities: { codecs: [] } }) }],
  'call:set-consumer': [{ ...notInCall, request: () => ({ consumerId: id(), isPaused: true }) }],
  'call:raise-hand': [{ ...notInCall, request: () => ({ isHandRaised: true }) }],
  /** The owner alone; whose group has no call at the moment. */
  'call:mute': [{ ...hostOnly, request: () => ({ peerId: id() }) }],
  'call:ask-mute': [hostOnly],
  'call:let-in': [
    { ...hostOnly, request: ({ otherMemberId }) => ({ userId: otherMemberId, isAllowed: false }) },
  ],
  'call:list-out': [hostOnly],
  'call:keep': [{ ...notInCall, request: () => ({ peerId: id() }) }],
  'call:join': [{ member: joining, owner: joining, request: () => ({ isVideo: true }) }],
  /** Leaving what one is not in changes nothing, so it need not be looked up. */
  'call:leave': [{ ...everyMember, outsider: 'ok' }],
  /** Asks for many rooms at once: those that are not the caller's come back as `gone`. */
  'room:sync': [{ ...everyMember, outsider: 'ok' }],
}
