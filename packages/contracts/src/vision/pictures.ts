import { Type } from 'typebox'
import { maxFrameBytes, maxPictureBytes } from './picture-bounds.ts'

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
