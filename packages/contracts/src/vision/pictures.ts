import { Type } from 'typebox'

/** Bytes of pictures that one request may carry in all. In base64 they stay below what a service call takes. */
export const maxPictureBytes = 2_600_000
/** Bytes of one shot or frame: a JPEG of 640 × 480 has about 60,000. */
export const maxFrameBytes = 400_000

/** How many shots an enrolment is made of. */
export const shotBounds = { minItems: 3, maxItems: 6 } as const
/** How many frames a sequence has: about four a second. */
export const frameBounds = { minItems: 4, maxItems: 24 } as const

const base64 = (maxBytes: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength: Math.ceil(maxBytes / 3) * 4,
    pattern: '^[A-Za-z0-9+/]+={0,2}$',
    contentEncoding: 'base64',
    description,
  })

export const Picture = base64(maxPictureBytes, 'A JPEG, PNG or WebP.')
export const Frame = base64(maxFrameBytes, 'A JPEG, PNG or WebP of the camera.')

export const ConsentVersion = Type.Integer({ minimum: 1, maximum: 1_000 })
export const ConsentLanguage = Type.Union([Type.Literal('ko'), Type.Literal('en')])

export const uuidOf = (description: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    maxLength: 36,
    description,
  })
