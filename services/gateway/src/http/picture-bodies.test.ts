import { restRoutes, picturesContentType, type RestRoute } from '@our-now/contracts/rest.ts'
import { maxPictureBytes } from '@our-now/contracts/vision/picture-bounds.ts'
import { describe, expect, test } from 'vitest'
import { readPictures } from './picture-bodies.ts'

const routeOf = (operation: string): RestRoute => {
  const route = restRoutes.find((each) => each.operation === operation)
  if (route === undefined) throw new Error(operation)
  return route
}
const part = (bytes: string | Buffer): Buffer => {
  const content = Buffer.from(bytes)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, content])
}
const read = (operation: string, contentType: string, body: unknown, query: object = {}) =>
  readPictures(routeOf(operation), {
    method: 'POST',
    params: {},
    query,
    body,
    headers: { 'content-type': contentType },
  })

describe('bodies of pictures', () => {
  test('one picture is the body, the other fields are the query', () => {
    expect(read('checkFace', 'image/jpeg', Buffer.from('abc'), { purpose: 'profile' }).body).toEqual({
      purpose: 'profile',
      picture: Buffer.from('abc').toString('base64'),
    })
  })

  test('several are parts behind the other fields', () => {
    const body = Buffer.concat([part('{"purpose":"trial"}'), part('one'), part('two')])
    expect(read('verifyChallenge', picturesContentType, body).body).toEqual({
      purpose: 'trial',
      frames: ['one', 'two'].map((text) => Buffer.from(text).toString('base64')),
    })
  })

  test('JSON stays what it is', () => {
    expect(read('enrolFace', 'application/json', { shots: ['YQ=='] }).body).toEqual({ shots: ['YQ=='] })
  })

  test.each([
    ['cut off in a length', Buffer.concat([part('{}'), Buffer.from([0, 0])])],
    ['cut off in a part', Buffer.concat([part('{}'), part('picture').subarray(0, 8)])],
    ['a length of 4 GiB', Buffer.from([255, 255, 255, 255, 1])],
    ['empty', Buffer.alloc(0)],
    ['without fields', part('no json')],
    ['an array in place of fields', part('[]')],
    ['the pictures among the fields too', part('{"shots":[]}')],
  ])('parts that do not add up are refused: %s', (_, body) => {
    expect(() => read('enrolFace', picturesContentType, body)).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    )
  })

  test('more bytes than a service call takes are refused', () => {
    expect(() => read('checkFace', 'image/png', Buffer.alloc(maxPictureBytes + 1))).toThrow(
      expect.objectContaining({ code: 'too_large' }),
    )
  })
})
