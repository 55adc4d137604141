import { Type, type Static } from 'typebox'
import { Instant } from '../ids.ts'

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
