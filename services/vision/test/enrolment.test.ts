import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentTextHash } from '../src/consents/consent-text.ts'
import { aFace, anEmbedding, seeing } from './support/faces.ts'
import { createScriptedEngine, pictureOf } from './support/scripted-engine.ts'
import { asService, asUser, enrol, shotsOf, startVision, type VisionStack } from './support/start-vision.ts'

let stack: VisionStack
beforeAll(async () => {
  stack = await startVision()
})
afterAll(() => stack?.close())

const refusedWith = (code: string) => expect.objectContaining({ code })
/** Every row that names this person, of every table. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const { reader } = stack.database
  const tables = ['consents', 'consent_events', 'face_keys', 'face_templates', 'challenges', 'photo_tags']
  const counts = await Promise.all(
    tables.map(async (table) => [table, (await reader(table).where({ user_id: userId })).length] as const),
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

test('without consent nothing is looked at and nothing is stored', async () => {
  const userId = randomUUID()
  const { vision } = stack
  // The first thing asked: otherwise the picture itself would be complained about.
  const unreadable = ['bm8=', 'bm9u', 'bm9uZQ==']
  await expect(vision.enrolShots(asService, { userId, shots: unreadable })).rejects.toEqual(
    refusedWith('consent_required'),
  )
  await expect(vision.enrolShots(asService, { userId, shots: shotsOf(1) })).rejects.toEqual(
    refusedWith('consent_required'),
  )
  const picture = shotsOf(1)[0] ?? ''
  await expect(vision.checkFace(asUser(userId), { purpose: 'enrolment', picture })).rejects.toEqual(
    refusedWith('consent_required'),
  )
  await expect(vision.updateFaceUses(asUser(userId), { maySuggest: true })).rejects.toEqual(
    refusedWith('consent_required'),
  )
  expect(await rowsOf(userId)).toEqual({})
})

test('consent is recorded with its version, language and the hash of what was shown; repeating it is no new fact', async () => {
  const userId = randomUUID()
  const give = () =>
    stack.vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'en' })
  const settings = await give()
  await give()
  expect(settings).toMatchObject({ isOn: true, consent: { version: faceConsentVersion }, maySuggest: false })
  const events = await stack.database.reader('consent_events').where({ user_id: userId })
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    kind: 'given',
    version: faceConsentVersion,
    language: 'en',
    text_hash: consentTextHash('en'),
  })
})

test('a text that is not in force cannot be agreed to', async () => {
  await expect(
    stack.vision.giveFaceConsent(asUser(randomUUID()), { version: faceConsentVersion - 1, language: 'ko' }),
  ).rejects.toEqual(refusedWith('consent_outdated'))
})

test('an enrolment keeps one sealed template for each shot, with its model', async () => {
  const userId = await enrol(stack.vision, 1)
  expect(await stack.vision.getFaceSettings(asUser(userId), {})).toMatchObject({
    enrolment: { templates: 3, isCurrent: true },
    maySuggest: false,
  })
  expect(await stack.vision.hasFace(asService, { userId })).toEqual({ hasFace: true })
  const models = await stack.database.reader('face_templates').where({ user_id: userId }).select('model_id')
  expect(models.map((row: { model_id: string }) => row.model_id)).toEqual(Array(3).fill('scripted/1'))
})

test.each([
  ['image_unreadable', 'bm90IGEgcGljdHVyZQ==', undefined],
  ['face_missing', pictureOf(seeing()), '/shots/1'],
  ['faces_several', pictureOf(seeing(aFace(), aFace())), '/shots/1'],
  ['face_too_small', pictureOf(seeing(aFace({ sizePx: 30 }))), '/shots/1'],
  ['face_blurred', pictureOf(seeing(aFace({ sharpness: 2 }))), '/shots/1'],
  ['faces_differ', pictureOf(seeing(aFace({ embedding: anEmbedding(2) }))), '/shots/1'],
])('a bad shot is refused as %s and nothing is stored', async (code, bad, field) => {
  const userId = randomUUID()
  await stack.vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' })
  const shots = shotsOf(1).with(1, bad)
  await expect(stack.vision.enrolShots(asService, { userId, shots })).rejects.toEqual(
    expect.objectContaining({ code, field }),
  )
  expect(await rowsOf(userId)).toEqual({ consents: 1, consent_events: 1 })
})

test('nobody enrols by themselves: auth asks, once the password was right', async () => {
  const userId = randomUUID()
  await stack.vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' })
  await expect(stack.vision.enrolShots(asUser(userId), { userId, shots: shotsOf(1) })).rejects.toEqual(
    refusedWith('forbidden'),
  )
})

test('one picture sent three times is no enrolment', async () => {
  const userId = randomUUID()
  await stack.vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' })
  const [shot = ''] = shotsOf(1)
  await expect(stack.vision.enrolShots(asService, { userId, shots: [shot, shot, shot] })).rejects.toEqual(
    refusedWith('shots_alike'),
  )
})

test('another model asks for a new enrolment, and does not use the old one', async () => {
  const userId = await enrol(stack.vision, 1)
  const next = await stack.startAnother(createScriptedEngine('scripted/2'))
  expect((await next.getFaceSettings(asUser(userId), {})).enrolment).toMatchObject({ isCurrent: false })
  expect(await next.hasFace(asService, { userId })).toEqual({ hasFace: false })
  await expect(next.createChallenge(asService, { userId, purpose: 'sign-in' })).rejects.toEqual(
    refusedWith('face_not_enrolled'),
  )
  await next.enrolShots(asService, { userId, shots: shotsOf(1) })
  expect(await next.hasFace(asService, { userId })).toEqual({ hasFace: true })
})

test('deletion leaves the record of consent and nothing else, and says so', async () => {
  const userId = await enrol(stack.vision, 1)
  await stack.vision.createChallenge(asService, { userId, purpose: 'sign-in' })
  const deleted = await stack.vision.deleteFace(asUser(userId), {})
  expect(deleted.left).toEqual({ templates: 0, keys: 0, tags: 0 })
  expect(await rowsOf(userId)).toEqual({ consent_events: 2 })
  expect(await stack.vision.getFaceSettings(asUser(userId), {})).toEqual({
    isOn: true,
    consentVersion: faceConsentVersion,
    maySuggest: false,
  })
  expect(await stack.vision.hasFace(asService, { userId })).toEqual({ hasFace: false })
  await expect(stack.vision.enrolShots(asService, { userId, shots: shotsOf(1) })).rejects.toEqual(
    refusedWith('consent_required'),
  )
})

test('a deletion that meets an enrolment wins: no template comes after it', async () => {
  for (let round = 0; round < 5; round++) {
    const userId = randomUUID()
    await stack.vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' })
    const [, deleted] = await Promise.allSettled([
      stack.vision.enrolShots(asService, { userId, shots: shotsOf(1) }),
      stack.vision.deleteFace(asUser(userId), {}),
    ])
    const rows = await rowsOf(userId)
    expect(deleted.status).toBe('fulfilled')
    expect(rows).toEqual({ consent_events: 2 })
  }
})

test('where face features are off, what was given can be seen and deleted, and nothing else works', async () => {
  const userId = await enrol(stack.vision, 1)
  const off = await stack.startAnother(undefined)
  expect(await off.getFaceSettings(asUser(userId), {})).toMatchObject({
    isOn: false,
    enrolment: { templates: 3 },
  })
  expect(await off.hasFace(asService, { userId })).toEqual({ hasFace: false })
  await expect(off.enrolShots(asService, { userId, shots: shotsOf(1) })).rejects.toEqual(
    refusedWith('face_off'),
  )
  await expect(
    off.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' }),
  ).rejects.toEqual(refusedWith('face_off'))
  expect((await off.deleteFace(asUser(userId), {})).left).toEqual({ templates: 0, keys: 0, tags: 0 })
})

test('a profile photo is looked at without consent, and nothing is kept', async () => {
  const userId = randomUUID()
  const picture = pictureOf(seeing(aFace({ sizePx: 40, sharpness: 3 })))
  const advice = await stack.vision.checkFace(asUser(userId), { purpose: 'profile', picture })
  expect(advice).toMatchObject({ problems: ['face_too_small', 'face_blurred'], face: { sizePx: 40 } })
  expect(await rowsOf(userId)).toEqual({})
})
