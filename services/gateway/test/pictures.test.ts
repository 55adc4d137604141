import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { picturesContentType } from '@our-now/contracts/rest.ts'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callAs, password, signUp, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

/** Bodies of pictures at the REST door. Face features are off here: what got through is answered so. */
let stack: Stack
let ada: Person
beforeAll(async () => {
  stack = await startStack()
  ada = await signUp(stack.url)
})
afterAll(() => stack?.close())

async function post(
  path: string,
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
  token = ada.accessToken,
): Promise<[number, unknown]> {
  const headers = { 'content-type': contentType, authorization: `Bearer ${token}` }
  const response = await fetch(`${stack.url}${path}`, { method: 'POST', headers, body })
  const answer: unknown = await response.json()
  return [response.status, Reflect.get(Object(answer), 'code')]
}

test('a picture as the body reaches vision, and so do several', async () => {
  const picture = new Uint8Array(100_000)
  expect(await post('/api/face/checks?purpose=profile', 'image/jpeg', picture)).toEqual([403, 'face_off'])
  const fields = Buffer.from(JSON.stringify({ password }))
  const parts = [fields, picture, picture, picture].flatMap((part) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    return [length, part]
  })
  expect(
    await post('/api/face/enrolments', picturesContentType, new Uint8Array(Buffer.concat(parts))),
  ).toEqual([403, 'face_off'])
})

test('too few pictures, and fields that are not known, break the contract', async () => {
  const one = new Uint8Array(10)
  expect(await post('/api/face/enrolments', 'image/jpeg', one)).toEqual([400, 'invalid_request'])
  expect(await post('/api/face/checks?purpose=spying', 'image/jpeg', one)).toEqual([400, 'invalid_request'])
  expect(await post('/api/face/checks?purpose=profile&x=1', 'image/jpeg', one)).toEqual([
    400,
    'invalid_request',
  ])
})

test('an SVG, and a picture where none is wanted, are refused', async () => {
  const one = new Uint8Array(10)
  expect((await post('/api/face/checks?purpose=profile', 'image/svg+xml', one))[0]).toBe(400)
  expect((await post('/api/rooms', 'image/jpeg', one))[0]).toBe(400)
})

/** Says that it is going to send so much, and sends nothing. */
const announce = (bytes: number, token: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(`${stack.url}/api/face/checks?purpose=profile`, {
      method: 'POST',
      headers: {
        'content-type': 'image/jpeg',
        'content-length': bytes,
        authorization: `Bearer ${token}`,
      },
    })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode)
      asked.destroy()
    })
    asked.flushHeaders()
  })

test('too many bytes are refused before they are read', async () => {
  expect(await announce(20_000_000, ada.accessToken)).toBe(413)
})

test('nobody sends pictures who is not signed in: the body is not even read', async () => {
  expect(await announce(1_000_000, 'a.b.c')).toBe(401)
})

test('settings say that face features are off, and deleting works all the same', async () => {
  const settings = await callAs(ada, 'GET', '/api/face')
  expect(settings.body).toEqual({ isOn: false, consentVersion: faceConsentVersion, maySuggest: false })
  const deleted = await callAs(ada, 'DELETE', '/api/face')
  expect(deleted.body).toMatchObject({ left: { templates: 0, keys: 0, tags: 0 } })
})
