import { expect, test } from 'vitest'
import { aFace, anEmbedding, seeing } from '../../test/support/faces.ts'
import type { FaceAnalysis, FoundFace } from '../engine/face-engine.ts'
import { judgeFrames } from './judge-frames.ts'

const templates = [anEmbedding(1, 0.1, 1), anEmbedding(1, 0.1, 2)]
const frame = (different: Partial<FoundFace> = {}): FaceAnalysis => seeing(aFace(different))
const closed = { eyeOpenness: { left: 0.08, right: 0.08 } }
const left = { yawDegrees: 25 }
const blinkThenLeft = [frame(), frame(), frame(closed), frame(), frame(left), frame(left), frame(), frame()]

test('the enrolled person who does the steps passes', () => {
  expect(judgeFrames(blinkThenLeft, ['blink', 'turn-left'], templates)).toBeUndefined()
})

test('the steps in another order do not pass, and a still picture does not', () => {
  expect(judgeFrames(blinkThenLeft, ['turn-left', 'blink'], templates)).toBe('steps_not_done')
  const still = Array.from({ length: 8 }, () => frame())
  expect(judgeFrames(still, ['blink', 'turn-left'], templates)).toBe('steps_not_done')
})

test('a camera at the side is no turn, and turns are measured from it', () => {
  const beside = (degrees: number) =>
    blinkThenLeft.map(({ faces: [face] }) =>
      frame({ ...face, yawDegrees: (face?.yawDegrees ?? 0) + degrees }),
    )
  for (const degrees of [-14, 14])
    expect(judgeFrames(beside(degrees), ['blink', 'turn-left'], templates)).toBeUndefined()
  const still = Array.from({ length: 8 }, () => frame({ yawDegrees: 14 }))
  expect(judgeFrames(still, ['blink', 'turn-left'], templates)).toBe('steps_not_done')
  const turnedAllTheTime = Array.from({ length: 8 }, () => frame({ yawDegrees: 40 }))
  expect(judgeFrames(turnedAllTheTime, ['blink', 'turn-left'], templates)).toBe('frames_unusable')
})

test('another person who does the steps does not pass', () => {
  const stranger = blinkThenLeft.map(({ faces: [face] }) => frame({ ...face, embedding: anEmbedding(2) }))
  expect(judgeFrames(stranger, ['blink', 'turn-left'], templates)).toBe('no_match')
})

test('a change of the face on the way does not pass, also while it is turned', () => {
  const swapped = [...blinkThenLeft.slice(0, 6), frame({ embedding: anEmbedding(2) }), frame()]
  expect(judgeFrames(swapped, ['blink', 'turn-left'], templates)).toBe('face_changed')
  const whileTurned = blinkThenLeft.with(4, frame({ ...left, embedding: anEmbedding(2) }))
  expect(judgeFrames(whileTurned, ['blink', 'turn-left'], templates)).toBe('face_changed')
})

test('two people before the camera do not pass; somebody far behind does not matter', () => {
  const second = blinkThenLeft.with(3, seeing(aFace(), aFace({ sizePx: 190 })))
  expect(judgeFrames(second, ['blink', 'turn-left'], templates)).toBe('faces_several')
  const behind = blinkThenLeft.with(3, seeing(aFace(), aFace({ sizePx: 40 })))
  expect(judgeFrames(behind, ['blink', 'turn-left'], templates)).toBeUndefined()
})

test('a few frames without a face are forgiven, many are not', () => {
  const some = blinkThenLeft.with(5, seeing())
  expect(judgeFrames(some, ['blink', 'turn-left'], templates)).toBeUndefined()
  const many = blinkThenLeft.map((each, at) => (at % 2 === 0 ? seeing() : each))
  expect(judgeFrames(many, ['blink', 'turn-left'], templates)).toBe('frames_unusable')
  expect(judgeFrames([seeing(), seeing()], ['blink', 'turn-left'], templates)).toBe('frames_unusable')
})

test('nobody passes who has no templates', () => {
  expect(judgeFrames(blinkThenLeft, ['blink', 'turn-left'], [])).toBe('no_match')
})
