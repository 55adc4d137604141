import { Type } from 'typebox'
import { Empty, Instant, RoomId, UserId } from './ids.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'
import {
  ChallengeReason,
  FaceBox,
  FaceChallenge,
  FaceProblem,
  FacePurpose,
  FaceSettings,
  PhotoTag,
} from './vision/shapes.ts'
import { frameBounds, shotBounds } from './vision/picture-bounds.ts'
import { ConsentLanguage, ConsentVersion, Frame, Picture, uuidOf } from './vision/pictures.ts'

const strict = { additionalProperties: false } as const
const InRoom = Type.Object({ roomId: RoomId }, strict)
const PhotoId = uuidOf('A photo. It has to be one of the room that is named with it.')
const TagId = uuidOf('A tag.')

/** What the pictures of a request may be refused with, whoever sends them. */
const pictureErrors = ['face_off', 'image_unreadable', 'image_too_large'] as const

/** What enrolling a face may be refused with. */
export const enrolmentErrors = [
  ...pictureErrors,
  'consent_required',
  'face_missing',
  'faces_several',
  'face_too_small',
  'face_turned',
  'face_too_dark',
  'face_too_bright',
  'face_blurred',
  'face_cut_off',
  'eyes_closed',
  'faces_differ',
  'shots_alike',
  'rate_limited',
] as const

/**
 * What the vision service can be asked. Pictures travel to it in base64 inside the JSON of a service call; over REST they
 * are the body. Looking at a sequence takes seconds: give its calls a deadline of 10 s.
 */
export const visionContract = {
  getFaceSettings: {
    isRepeatable: true,
    summary: 'My consent, whether my face is enrolled, and what it may be used for.',
    request: Empty,
    reply: FaceSettings,
  },
  giveFaceConsent: {
    isRepeatable: true,
    summary: 'I agree to the text of this version, as shown in this language.',
    request: Type.Object({ version: ConsentVersion, language: ConsentLanguage }, strict),
    reply: FaceSettings,
    errors: ['face_off', 'consent_outdated'],
  },
  updateFaceUses: {
    isRepeatable: true,
    summary: 'Whether I may be suggested in photos of rooms where tagging is on.',
    request: Type.Object({ maySuggest: Type.Boolean() }, strict),
    reply: FaceSettings,
    errors: ['face_off', 'consent_required'],
  },
  checkFace: {
    isRepeatable: true,
    summary:
      'Looks at one picture and keeps nothing of it: is it a good shot for enrolment, a good profile photo? Advice, not a gate.',
    request: Type.Object(
      {
        purpose: Type.Union([Type.Literal('enrolment'), Type.Literal('profile')]),
        picture: Picture,
      },
      strict,
    ),
    reply: Type.Object(
      {
        problems: Type.Array(FaceProblem, { maxItems: 16 }),
        /** The largest face, when there is one. */
        face: Type.Optional(
          Type.Object(
            { box: FaceBox, yawDegrees: Type.Number(), pitchDegrees: Type.Number(), sizePx: Type.Number() },
            strict,
          ),
        ),
      },
      strict,
    ),
    errors: [...pictureErrors, 'consent_required', 'rate_limited'],
  },
  enrolShots: {
    summary:
      'Between services: makes face templates of this person from several shots, in place of any from before. The shots are not kept.',
    request: Type.Object({ userId: UserId, shots: Type.Array(Frame, shotBounds) }, strict),
    reply: FaceSettings,
    errors: enrolmentErrors,
  },
  deleteFace: {
    isRepeatable: true,
    summary:
      'Ends my consent: destroys my data key and templates, takes my tags away, then looks that nothing is left.',
    request: Empty,
    reply: Type.Object(
      {
        /** Counted after the deletion: all are 0, or the call fails. */
        left: Type.Object({ templates: Type.Integer(), keys: Type.Integer(), tags: Type.Integer() }, strict),
        verifiedAt: Instant,
      },
      strict,
    ),
  },

  hasFace: {
    isRepeatable: true,
    summary: 'Between services: whether this person can be verified by face now.',
    request: Type.Object({ userId: UserId }, strict),
    reply: Type.Object({ hasFace: Type.Boolean() }, strict),
  },
  createChallenge: {
    summary:
      'Random steps to do before the camera: for the person whose password was right, or who is signed in. Lives 60 s, used once.',
    request: Type.Object({ userId: UserId, purpose: FacePurpose }, strict),
    reply: FaceChallenge,
    errors: ['face_off', 'face_not_enrolled', 'face_locked'],
  },
  verifyChallenge: {
    summary:
      'Whether these frames, oldest first, show the enrolled person doing the steps in order. Used up by the first call.',
    request: Type.Object(
      {
        challengeId: uuidOf('Of this person and for this purpose.'),
        userId: UserId,
        purpose: FacePurpose,
        frames: Type.Array(Frame, frameBounds),
      },
      strict,
    ),
    reply: Type.Object(
      {
        passed: Type.Boolean(),
        reason: Type.Optional(ChallengeReason),
        triesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
      },
      strict,
    ),
    errors: [...pictureErrors, 'rate_limited'],
  },

  getRoomTagging: {
    isRepeatable: true,
    summary: 'Whether people are suggested in photos of a room of mine, and whether I may change it.',
    request: InRoom,
    reply: Type.Object({ isOn: Type.Boolean(), mayChange: Type.Boolean() }, strict),
    errors: ['room_not_found'],
  },
  setRoomTagging: {
    isRepeatable: true,
    summary: 'Turns suggestions on or off for a room: its owner, or either person of a 1:1 room.',
    request: Type.Object({ roomId: RoomId, isOn: Type.Boolean() }, strict),
    reply: Empty,
    errors: ['room_not_found', 'forbidden', 'face_off'],
  },
  suggestFaces: {
    isRepeatable: true,
    summary:
      'Who of the room’s members that allowed it may be in this picture. Nothing of it is kept, nor of faces nobody knows.',
    request: Type.Object({ roomId: RoomId, picture: Picture }, strict),
    reply: Type.Object(
      {
        width: Type.Integer(),
        height: Type.Integer(),
        faces: Type.Array(
          Type.Object(
            {
              box: FaceBox,
              /** Absent: nobody who allowed it. For a person to confirm. */
              userId: Type.Optional(UserId),
            },
            strict,
          ),
          { maxItems: 200 },
        ),
      },
      strict,
    ),
    errors: [...pictureErrors, 'room_not_found', 'tagging_off', 'rate_limited'],
  },
  confirmTag: {
    isRepeatable: true,
    summary: 'Tags a member who allowed it in a photo of the room. Repeating it changes nothing.',
    request: Type.Object({ roomId: RoomId, photoId: PhotoId, userId: UserId, box: FaceBox }, strict),
    reply: PhotoTag,
    errors: ['room_not_found', 'tagging_off', 'tag_refused', 'face_off'],
  },
  removeTag: {
    isRepeatable: true,
    summary: 'Takes a tag away: the person who is tagged, or who confirmed it.',
    request: Type.Object({ roomId: RoomId, tagId: TagId }, strict),
    reply: Empty,
    errors: ['room_not_found', 'forbidden'],
  },
  listTags: {
    isRepeatable: true,
    summary: 'Who is tagged in a photo of a room of mine.',
    request: Type.Object({ roomId: RoomId, photoId: PhotoId }, strict),
    reply: Type.Object({ tags: Type.Array(PhotoTag, { maxItems: 200 }) }, strict),
    errors: ['room_not_found'],
  },
} as const satisfies ServiceContract

export type VisionApi = ServiceApi<typeof visionContract>
