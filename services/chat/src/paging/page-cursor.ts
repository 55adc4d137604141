import { AppError } from '@our-now/platform/errors/app-error.ts'
import { Type, type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** Turns the sort key of a page's last row into an opaque cursor and back. */
export interface PageCursorCodec<T> {
  encode(position: T): string
  /** @throws {AppError} invalid_request when the cursor is not one of this list's. */
  decode(cursor: string | undefined): T | undefined
}

/** @param position  Schema of the sort key, checked since the cursor comes from outside. */
export function createPageCursor<S extends TSchema>(position: S): PageCursorCodec<Static<S>> {
  const validator = Compile(position)
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
    decode(cursor) {
      if (cursor === undefined) return undefined
      const value = parseCursor(cursor)
      if (!validator.Check(value)) {
        throw new AppError('invalid_request', undefined, { field: '/cursor' })
      }
      return value
    },
  }
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

export const CursorNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const CursorId = Type.String({ maxLength: 36 })
