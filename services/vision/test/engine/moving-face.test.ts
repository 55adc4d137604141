import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeFrames } from '../../src/challenges/judge-frames.ts'
import { createFaceEngine } from '../../src/engine/create-face-engine.ts'
import type { FaceAnalysis, FaceEngine } from '../../src/engine/face-engine.ts'
import { lackOfPictures, takeShot, type PicturedPerson } from '../support/pictures.ts'
import { posesOfOne } from '../support/turned-picture.ts'

type Pose = 'straight' | FaceStep

/** The whole check on pixels: one photo that is bent as if the head turned and the eyes closed, looked at by the engine. */
describe.skipIf(lackOfPictures !== undefined)('a face that moves', () => {
  let engine: FaceEngine
  let seen: Readonly<Record<Pose, FaceAnalysis>>
  beforeAll(async () => {
    engine = await createFaceEngine({
      log: createTestLog(),
      threads: 1,
      mostWaiting: 10,
      patienceMs: 60_000,
      choice: { detector: 'wasm' },
    })
    const poses = await posesOfOne(await takeShot('one', 0))
    seen = {
      straight: await look(poses.straight),
      blink: await look(poses.blink),
      'turn-left': await look(poses['turn-left']),
      'turn-right': await look(poses['turn-right']),
    }
  }, 120_000)
  afterAll(() => engine?.close())

  const look = (picture: Buffer): Promise<FaceAnalysis> =>
    engine.analyse(picture, { kind: 'selfie', isEmbedded: true })
  const templatesOf = async (person: PicturedPerson) => {
    const { faces } = await look(await takeShot(person, 2))
    return faces.flatMap(({ embedding }) => (embedding === undefined ? [] : [embedding]))
  }
  /** Straight ahead, then each step for as long as a person takes, and back. */
  const doing = (steps: readonly FaceStep[]): readonly FaceAnalysis[] => [
    seen.straight,
    seen.straight,
    ...steps.flatMap((step) => [seen[step], seen[step], seen.straight, seen.straight]),
  ]
  const orders: readonly (readonly FaceStep[])[] = [
    ['blink', 'turn-left'],
    ['turn-left', 'turn-right'],
    ['turn-right', 'blink'],
    ['turn-right', 'turn-left', 'blink'],
    ['blink', 'turn-right', 'turn-left'],
  ]

  test.each(orders.map((steps) => ({ steps })))('passes where it does $steps', async ({ steps }) => {
    expect(judgeFrames(doing(steps), steps, await templatesOf('one'))).toBeUndefined()
  })

  test('does not pass with the steps in another order, or some of them', async () => {
    const templates = await templatesOf('one')
    expect(judgeFrames(doing(['turn-right', 'turn-left']), ['turn-left', 'turn-right'], templates)).toBe(
      'steps_not_done',
    )
    expect(judgeFrames(doing(['blink']), ['blink', 'turn-left'], templates)).toBe('steps_not_done')
    expect(judgeFrames(doing([]), ['turn-left', 'blink'], templates)).toBe('steps_not_done')
  })

  test('does not pass as somebody else', async () => {
    const steps = ['turn-left', 'turn-right'] as const
    expect(judgeFrames(doing(steps), steps, await templatesOf('two'))).toBe('no_match')
  })
})
