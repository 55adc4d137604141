import { expect, test } from 'vitest'
import { findSteps, isDone, type Pose } from './find-steps.ts'
import { randomSteps } from './random-steps.ts'

const straight: Pose = { yawDegrees: 2, eyeOpenness: 0.3 }
const closed: Pose = { yawDegrees: 1, eyeOpenness: 0.1 }
const left: Pose = { yawDegrees: 25, eyeOpenness: 0.25 }
const right: Pose = { yawDegrees: -25, eyeOpenness: 0.25 }

test('blinks and turns are found in their order', () => {
  expect(findSteps([straight, closed, straight, left, straight, right, straight])).toEqual([
    'blink',
    'turn-left',
    'turn-right',
  ])
})

test('a turn that is held is one turn, and one that wavers at the edge too', () => {
  expect(findSteps([straight, left, left, { ...left, yawDegrees: 15 }, left, straight])).toEqual([
    'turn-left',
  ])
})

test('from one side straight to the other are two turns', () => {
  expect(findSteps([straight, left, right, straight])).toEqual(['turn-left', 'turn-right'])
})

test('a picture that is turned from the beginning turns nowhere', () => {
  expect(findSteps([left, left, left])).toEqual([])
  expect(findSteps([left, straight, straight])).toEqual([])
})

test('eyes that stay closed, or were never open, do not blink', () => {
  expect(findSteps([straight, closed, closed])).toEqual([])
  expect(findSteps([closed, closed, closed])).toEqual([])
})

test('narrow eyes blink like wide ones', () => {
  const narrow = (pose: Pose): Pose => ({ ...pose, eyeOpenness: pose.eyeOpenness * 0.55 })
  expect(findSteps([straight, straight, closed, straight].map(narrow))).toEqual(['blink'])
})

test('a still picture does nothing, whatever the noise', () => {
  const noisy = Array.from({ length: 24 }, (_, at) => ({
    yawDegrees: Math.sin(at) * 3,
    eyeOpenness: 0.3 + Math.cos(at) * 0.02,
  }))
  expect(findSteps(noisy)).toEqual([])
})

test('wanted steps have to come in their order; other blinks are forgiven, other turns are not', () => {
  expect(isDone(['turn-left', 'blink'], ['turn-left', 'blink'])).toBe(true)
  expect(isDone(['turn-left', 'blink'], ['blink', 'turn-left', 'blink', 'blink'])).toBe(true)
  expect(isDone(['turn-left', 'blink'], ['blink', 'turn-left'])).toBe(false)
  expect(isDone(['turn-left', 'blink'], ['turn-right', 'turn-left', 'blink'])).toBe(false)
  expect(isDone(['turn-left', 'blink'], [])).toBe(false)
})

test('random steps are two or three, no neighbours alike, and all sequences come up', () => {
  const drawn = Array.from({ length: 2_000 }, () => randomSteps())
  for (const steps of drawn) {
    expect([2, 3]).toContain(steps.length)
    expect(steps.every((step, at) => step !== steps[at + 1])).toBe(true)
  }
  // 3 × 2 of two, 3 × 2 × 2 of three.
  expect(new Set(drawn.map((steps) => steps.join())).size).toBe(18)
})
