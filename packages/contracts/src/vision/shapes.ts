import { Type, type Static } from 'typebox'
import { Instant, RoomId, UserId } from '../ids.ts'
import { ConsentVersion, uuidOf } from './pictures.ts'

const strict = { additionalProperties: false } as const
const Part = Type.Number({ minimum: -1, maximum: 2 })

/** Where a face is in a picture as a person sees it: parts of its width and height. */
export const FaceBox = Type.Object({ left: Part, top: Part, width: Part, height: Part }, strict)
export type FaceBox = Static<typeof FaceBox>

/** What may be wrong with a shot. Each is an error code too, with its words. */
export const FaceProblem = Type.Union([
  Type.Literal('face_missing'),
  Type.Literal('faces_several'),
  Type.Literal('face_too_small'),
  Type.Literal('face_cut_off'),
  Type.Literal('face_turned'),
  Type.Literal('face_too_dark'),
  Type.Literal('face_too_bright'),
  Type.Literal('face_blurred'),
  Type.Literal('eyes_closed'),
])
export type FaceProblem = Static<typeof FaceProblem>

/** One thing to do before the camera. Left and right are the person's own. `blink`: close the eyes, open them again. */
export const FaceStep = Type.Union([
  Type.Literal('blink'),
  Type.Literal('turn-left'),
  Type.Literal('turn-right'),
])
export type FaceStep = Static<typeof FaceStep>

/** What a challenge is for; one made for one purpose does not pass for another. `trial`: the person tries it out. */
export const FacePurpose = Type.Union([
  Type.Literal('sign-in'),
  Type.Literal('unlock'),
  Type.Literal('trial'),
])
export type FacePurpose = Static<typeof FacePurpose>

/** What to do before the camera, and until when. */
export const FaceChallenge = Type.Object(
  {
    challengeId: uuidOf('A challenge.'),
    /** To be done in this order. */
    steps: Type.Array(FaceStep, { minItems: 2, maxItems: 3 }),
    expiresAt: Instant,
    /** How often this person may still fail before this factor is locked for a while. */
    triesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
  },
  strict,
)

/** Why a sequence of frames did not pass. Which of two faces was nearer is told to nobody. */
export const ChallengeReason = Type.Union([
  Type.Literal('challenge_ended'),
  Type.Literal('locked_out'),
  Type.Literal('not_enrolled'),
  Type.Literal('frames_unusable'),
  Type.Literal('faces_several'),
  Type.Literal('face_changed'),
  Type.Literal('steps_not_done'),
  Type.Literal('no_match'),
])
export type ChallengeReason = Static<typeof ChallengeReason>

export const FaceSettings = Type.Object(
  {
    /** False: the operator has not turned face features on, or they cannot be used here. */
    isOn: Type.Boolean(),
    /** The version of the consent text in force. */
    consentVersion: ConsentVersion,
    /** Absent: no consent, so nothing is kept. */
    consent: Type.Optional(Type.Object({ version: ConsentVersion, givenAt: Instant }, strict)),
    /** Absent: not enrolled. `isCurrent` false: the model has changed since, so enrol again. */
    enrolment: Type.Optional(
      Type.Object(
        {
          templates: Type.Integer({ minimum: 1, maximum: 20 }),
          enrolledAt: Instant,
          isCurrent: Type.Boolean(),
        },
        strict,
      ),
    ),
    maySuggest: Type.Boolean(),
  },
  strict,
)
export type FaceSettings = Static<typeof FaceSettings>

/** That a person is in a photo: somebody confirmed it. */
export const PhotoTag = Type.Object(
  {
    tagId: uuidOf('A tag.'),
    roomId: RoomId,
    photoId: uuidOf('A photo.'),
    userId: UserId,
    confirmedBy: UserId,
    confirmedAt: Instant,
    box: FaceBox,
  },
  strict,
)
export type PhotoTag = Static<typeof PhotoTag>
