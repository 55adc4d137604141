import type { AppError } from '@our-now/platform/errors/app-error.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asService, asUser, enrol, framesOf, startVision, type VisionStack } from './support/start-vision.ts'

let stack: VisionStack
beforeAll(async () => {
  stack = await startVision()
})
afterAll(() => stack?.close())

/** One sequence of `person` for the challenge of `userId`. */
async function tryAs(userId: string, person: number) {
  const { challengeId, steps } = await stack.vision.createChallenge(asService, {
    userId,
    purpose: 'sign-in',
  })
  const request = { challengeId, userId, purpose: 'sign-in', frames: framesOf(person, steps) } as const
  return stack.vision.verifyChallenge(asService, request)
}
const locked = expect.objectContaining({ code: 'face_locked' })

test('the enrolled person passes, a stranger does not', async () => {
  const userId = await enrol(stack.vision, 1)
  expect(await tryAs(userId, 1)).toEqual({ passed: true, triesLeft: 3 })
  expect(await tryAs(userId, 2)).toEqual({ passed: false, reason: 'no_match', triesLeft: 2 })
})

test('it is compared with the person’s own templates only: somebody else who is enrolled does not pass', async () => {
  const ada = await enrol(stack.vision, 1)
  await enrol(stack.vision, 2)
  expect(await tryAs(ada, 2)).toMatchObject({ passed: false, reason: 'no_match' })
})

test('three failures lock the factor for a while, also with the right face; passing forgets them', async () => {
  const userId = await enrol(stack.vision, 1)
  await tryAs(userId, 2)
  await tryAs(userId, 2)
  expect(await tryAs(userId, 1)).toEqual({ passed: true, triesLeft: 3 })
  for (const triesLeft of [2, 1, 0]) expect(await tryAs(userId, 2)).toMatchObject({ triesLeft })
  await expect(tryAs(userId, 1)).rejects.toEqual(locked)
  stack.clock.advance(900_001)
  expect(await tryAs(userId, 1)).toMatchObject({ passed: true })
})

test('challenges that were opened before do not get around the lock', async () => {
  const userId = await enrol(stack.vision, 1)
  const earlier = await stack.vision.createChallenge(asService, { userId, purpose: 'sign-in' })
  for (let at = 0; at < 3; at++) await tryAs(userId, 2)
  const { challengeId, steps } = earlier
  const request = { challengeId, userId, purpose: 'sign-in', frames: framesOf(1, steps) } as const
  expect(await stack.vision.verifyChallenge(asService, request)).toMatchObject({ reason: 'locked_out' })
})

test('who fails at sign-in locks nobody’s screen, and an unlocked screen gives them no tries', async () => {
  const userId = await enrol(stack.vision, 1)
  for (let at = 0; at < 3; at++) await tryAs(userId, 2)
  const unlock = { userId, purpose: 'unlock' } as const
  const { challengeId, steps } = await stack.vision.createChallenge(asService, unlock)
  const frames = framesOf(1, steps)
  const unlocked = await stack.vision.verifyChallenge(asService, { ...unlock, challengeId, frames })
  expect(unlocked).toEqual({ passed: true, triesLeft: 3 })
  await expect(tryAs(userId, 1)).rejects.toEqual(locked)
})

test('sequences that count as no try are bounded all the same', async () => {
  const userId = await enrol(stack.vision, 1)
  const frames = Array.from({ length: 8 }, () => 'bm90IGEgcGljdHVyZQ==')
  const codes: unknown[] = []
  for (let at = 0; at < 13; at++) {
    const { challengeId } = await stack.vision.createChallenge(asService, { userId, purpose: 'trial' })
    const request = { challengeId, userId, purpose: 'trial', frames } as const
    codes.push(await stack.vision.verifyChallenge(asService, request).catch(({ code }: AppError) => code))
  }
  expect(codes).toEqual([...Array.from({ length: 12 }, () => 'image_unreadable'), 'rate_limited'])
})

test('a challenge is used up by its first answer, whatever that is', async () => {
  const userId = await enrol(stack.vision, 1)
  const { challengeId, steps } = await stack.vision.createChallenge(asService, {
    userId,
    purpose: 'sign-in',
  })
  const answer = (frames: string[]) =>
    stack.vision.verifyChallenge(asService, { challengeId, userId, purpose: 'sign-in', frames })
  expect(await answer(framesOf(2, steps))).toMatchObject({ passed: false, reason: 'no_match' })
  expect(await answer(framesOf(1, steps))).toMatchObject({ passed: false, reason: 'challenge_ended' })
})

test('a challenge ends after a minute, and does for no other purpose and no other person', async () => {
  const userId = await enrol(stack.vision, 1)
  const other = await enrol(stack.vision, 1)
  const open = () => stack.vision.createChallenge(asService, { userId, purpose: 'trial' })
  const late = await open()
  stack.clock.advance(60_001)
  const frames = framesOf(1, late.steps)
  const { challengeId } = late
  const verify = (as: string, purpose: 'trial' | 'sign-in', id = challengeId) =>
    stack.vision.verifyChallenge(asService, { challengeId: id, userId: as, purpose, frames })
  expect(await verify(userId, 'trial')).toMatchObject({ reason: 'challenge_ended' })
  const fresh = await open()
  expect(await verify(userId, 'sign-in', fresh.challengeId)).toMatchObject({ reason: 'challenge_ended' })
  expect(await verify(other, 'trial', fresh.challengeId)).toMatchObject({ reason: 'challenge_ended' })
})

test('pictures that cannot be read are not held against anybody', async () => {
  const userId = await enrol(stack.vision, 1)
  const { challengeId } = await stack.vision.createChallenge(asService, { userId, purpose: 'sign-in' })
  const frames = Array.from({ length: 8 }, () => 'bm90IGEgcGljdHVyZQ==')
  await expect(
    stack.vision.verifyChallenge(asService, { challengeId, userId, purpose: 'sign-in', frames }),
  ).rejects.toEqual(expect.objectContaining({ code: 'image_unreadable' }))
  expect((await stack.vision.createChallenge(asService, { userId, purpose: 'sign-in' })).triesLeft).toBe(3)
})

test('a signed-in person asks about nobody but themselves', async () => {
  const userId = await enrol(stack.vision, 1)
  const spy = asUser(randomUUID())
  const forbidden = expect.objectContaining({ code: 'forbidden' })
  await expect(stack.vision.hasFace(spy, { userId })).rejects.toEqual(forbidden)
  await expect(stack.vision.createChallenge(spy, { userId, purpose: 'trial' })).rejects.toEqual(forbidden)
  const { challengeId, steps } = await stack.vision.createChallenge(asUser(userId), {
    userId,
    purpose: 'trial',
  })
  const frames = framesOf(1, steps)
  await expect(
    stack.vision.verifyChallenge(spy, { challengeId, userId, purpose: 'trial', frames }),
  ).rejects.toEqual(forbidden)
  expect(
    await stack.vision.verifyChallenge(asUser(userId), { challengeId, userId, purpose: 'trial', frames }),
  ).toMatchObject({ passed: true })
})

test('who never enrolled has no face to be asked for', async () => {
  const userId = randomUUID()
  await expect(stack.vision.createChallenge(asService, { userId, purpose: 'sign-in' })).rejects.toEqual(
    expect.objectContaining({ code: 'face_not_enrolled' }),
  )
})
