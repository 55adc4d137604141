import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { picturesContentType } from '@our-now/contracts/rest.ts'
import { startProduct, type Product } from '@our-now/testkit/start-product.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lackOfPictures, takeShot } from '../../vision/test/support/pictures.ts'
import { openDoor, type Door } from './support/door.ts'

/** What `openDoor` signs up with. */
const confirmed = { password: 'correct horse battery' }

/** The whole product with the real engine: what stays of a face on the disk and in what it prints. */
if (lackOfPictures !== undefined) console.warn(`left out: face data: ${lackOfPictures}`)

describe.skipIf(lackOfPictures !== undefined)('face data', () => {
  let product: Product
  let ada: Door
  let shots: Buffer[]
  beforeAll(async () => {
    product = await startProduct({
      env: { VISION_ENABLED: 'true', LOG_LEVEL: 'debug' },
      readyWithinMs: 60_000,
    })
    ada = await openDoor(product.url, 'ada')
    shots = await Promise.all([0, 1, 2].map((shot) => takeShot('one', shot)))
  }, 90_000)
  afterAll(() => product?.dispose())

  const post = async (
    path: string,
    type: string,
    body: Buffer,
  ): Promise<{ status: number; code: unknown }> => {
    const headers = { 'content-type': type, authorization: `Bearer ${ada.accessToken}` }
    const answer = await fetch(product.url + path, { method: 'POST', headers, body: new Uint8Array(body) })
    const code: unknown = Reflect.get(Object(await answer.json()), 'code')
    return { status: answer.status, code }
  }
  const enrol = (fields: object = confirmed) =>
    post(
      '/api/face/enrolments',
      picturesContentType,
      toParts([Buffer.from(JSON.stringify(fields)), ...shots]),
    )

  /** Where any piece of a shot is found: every file of the data folder, and everything that was printed. */
  async function findShots(): Promise<string[]> {
    const pieces = shots.flatMap((shot) =>
      [0.3, 0.5, 0.8].flatMap((part) => {
        // Aligned to three bytes, so that base64 of the whole has that of the piece in it.
        const at = Math.floor((shot.length * part) / 3) * 3
        const piece = shot.subarray(at, at + 24)
        return [piece, Buffer.from(piece.toString('base64'))]
      }),
    )
    const names = await readdir(product.dataDir, { recursive: true })
    const found = []
    for (const name of names) {
      const content = await readFile(join(product.dataDir, name)).catch(() => Buffer.alloc(0))
      if (pieces.some((piece) => content.includes(piece))) found.push(name)
    }
    const printed = Buffer.from(product.output())
    if (pieces.some((piece) => printed.includes(piece))) found.push('output')
    return found
  }
  const rowsOf = async () => (await ada.call('GET', '/api/face')).body

  test('without consent an enrolment is refused and nothing of it is anywhere', async () => {
    expect(await enrol()).toEqual({ status: 403, code: 'consent_required' })
    expect(await rowsOf()).not.toHaveProperty('enrolment')
    expect(await findShots()).toEqual([])
  })

  test('with consent the face is enrolled, and no picture stays', async () => {
    await ada.call('PUT', '/api/face/consent', { version: faceConsentVersion, language: 'ko' })
    expect(await enrol({})).toEqual({ status: 400, code: 'invalid_request' })
    expect(await enrol({ password: 'not the right one' })).toEqual({ status: 401, code: 'credentials_wrong' })
    expect(await rowsOf()).not.toHaveProperty('enrolment')
    expect((await enrol()).status).toBe(200)
    expect(await rowsOf()).toMatchObject({ enrolment: { templates: 3, isCurrent: true } })
    expect(await findShots()).toEqual([])
  })

  test('another person among the shots is refused', async () => {
    const mixed = [shots[0], shots[1], await takeShot('two', 0)].flatMap((shot) => shot ?? [])
    const answer = await post(
      '/api/face/enrolments',
      picturesContentType,
      toParts([Buffer.from(JSON.stringify(confirmed)), ...mixed]),
    )
    expect(answer).toEqual({ status: 422, code: 'faces_differ' })
  })

  test('bad pictures are told apart', async () => {
    const check = (type: string, body: Buffer) => post('/api/face/checks?purpose=profile', type, body)
    expect(await check('image/jpeg', Buffer.from('not a picture'))).toEqual({
      status: 422,
      code: 'image_unreadable',
    })
    expect((await check('image/jpeg', shots[0] ?? Buffer.alloc(0))).status).toBe(200)
  })

  test('after the deletion the answer says that nothing is left', async () => {
    const { status, body } = await ada.call('DELETE', '/api/face')
    expect([status, body]).toMatchObject([200, { left: { templates: 0, keys: 0, tags: 0 } }])
    expect(await rowsOf()).toEqual({ isOn: true, consentVersion: faceConsentVersion, maySuggest: false })
  })
})

function toParts(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}
