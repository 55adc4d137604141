import { pictureContentTypes, picturesContentType, type RestRoute } from '@our-now/contracts/rest.ts'
import { maxPictureBytes } from '@our-now/contracts/vision/picture-bounds.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'
import type { HttpInput } from './collect-request.ts'

/** Largest body of a route that takes pictures: as base64 in JSON they are a third longer. */
export const maxPictureBodyBytes = Math.ceil((maxPictureBytes * 4) / 3) + 64 * 1024

const lengthBytes = 4

/** Has a server take pictures as they are, besides JSON. */
export function takePictures(server: HttpServer): void {
  server.addContentTypeParser(
    [...pictureContentTypes, picturesContentType],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
}

/**
 * The input of a route with the pictures of its body put into their field, in base64: what the schema says.
 *
 * @throws {AppError} invalid_request when the parts do not add up, too_large when they are too many bytes
 */
export function readPictures(
  route: RestRoute,
  {
    method,
    params,
    query,
    body,
    headers,
  }: HttpInput & { readonly headers: { readonly 'content-type'?: string | undefined } },
): HttpInput {
  if (route.pictures === undefined || !Buffer.isBuffer(body)) return { method, params, query, body }
  if (body.length > maxPictureBytes) throw new AppError('too_large')
  const isOne = headers['content-type']?.startsWith('image/') === true
  const fields = isOne
    ? { ...Object(query), [route.pictures]: body.toString('base64') }
    : toFields(route.pictures, splitParts(body))
  return { method, params, query: {}, body: fields }
}

function toFields(name: string, [first, ...pictures]: readonly Buffer[]): object {
  const fields = parseObject(first)
  if (Object.hasOwn(fields, name)) throw new AppError('invalid_request', undefined, { field: `/${name}` })
  return { ...fields, [name]: pictures.map((picture) => picture.toString('base64')) }
}

function parseObject(part: Buffer | undefined): object {
  try {
    const value: unknown = JSON.parse(part?.toString() ?? '')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Told below, as anything else that is no object.
  }
  throw new AppError('invalid_request', 'The first part must be a JSON object.')
}

function splitParts(body: Buffer): readonly Buffer[] {
  const parts: Buffer[] = []
  let at = 0
  while (at < body.length) {
    if (at + lengthBytes > body.length) throw new AppError('invalid_request', 'The parts are cut off.')
    const end = at + lengthBytes + body.readUInt32BE(at)
    if (end > body.length) throw new AppError('invalid_request', 'The parts are cut off.')
    parts.push(body.subarray(at + lengthBytes, end))
    at = end
  }
  return parts
}
