import { Type, type Static } from 'typebox'
import { Instant } from '../ids.ts'
import { ChallengeReason } from '../vision/shapes.ts'

const strict = { additionalProperties: false } as const

/** What was typed as a code: anything bounded, so that a wrong shape answers like a wrong code. */
export const TypedCode = Type.String({ minLength: 1, maxLength: 64 })

/** Shown once and stored as hashes; each signs in once in place of the app. */
export const RecoveryCodes = Type.Array(Type.String({ maxLength: 32 }), { minItems: 10, maxItems: 10 })

/** How the second step of signing in stands for somebody. */
export const SecondFactor = Type.Object(
  {
    isOn: Type.Boolean(),
    /** Absent while it is off. */
    confirmedAt: Type.Optional(Instant),
    recoveryCodesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
  },
  strict,
)
export type SecondFactor = Static<typeof SecondFactor>

/** How somebody may show that it is them. `face` is answered by the camera, the others are typed. */
export const SecondFactorWay = Type.Union([
  Type.Literal('totp'),
  Type.Literal('recovery'),
  Type.Literal('face'),
])
export type SecondFactorWay = Static<typeof SecondFactorWay>

export const TypedWay = Type.Union([Type.Literal('totp'), Type.Literal('recovery')])
export type TypedWay = Static<typeof TypedWay>

/** Stands for a right password and for nothing else: 5 minutes, three tries, used once. */
export const PendingToken = Type.String({ minLength: 1, maxLength: 64 })

/** What signing in answers where the password alone is not enough. No session was made. */
export const SecondFactorRequired = Type.Object(
  {
    status: Type.Literal('second_factor_required'),
    pendingToken: PendingToken,
    expiresAt: Instant,
    /** In the order in which to offer them. */
    ways: Type.Array(SecondFactorWay, { minItems: 1, maxItems: 3 }),
  },
  strict,
)
export type SecondFactorRequired = Static<typeof SecondFactorRequired>

/** The camera showed somebody else, or not what was asked for. No session was made; every other way stays open. */
export const FaceRefused = Type.Object(
  {
    status: Type.Literal('face_refused'),
    reason: ChallengeReason,
    /** 0: this way is locked for a while. */
    triesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
  },
  strict,
)
export type FaceRefused = Static<typeof FaceRefused>
