import { expect, test } from 'vitest'
import { aFace, anEmbedding, seeing } from '../../test/support/faces.ts'
import { judgeShots } from '../enrolment/judge-shots.ts'
import type { FoundFace } from '../engine/face-engine.ts'
import { enrolmentDemands, listShotProblems, profileDemands } from './shot-problems.ts'

const problemsOf = (different: Partial<FoundFace>) =>
  listShotProblems(seeing(aFace(different)), enrolmentDemands)

test('a good shot has no problem', () => {
  expect(problemsOf({})).toEqual([])
})

test('each thing that is wrong with a shot is named', () => {
  expect(problemsOf({ sizePx: 60 })).toEqual(['face_too_small'])
  expect(problemsOf({ box: { left: -0.1, top: 0.2, width: 0.4, height: 0.5 } })).toEqual(['face_cut_off'])
  expect(problemsOf({ brightness: 20 })).toEqual(['face_too_dark'])
  expect(problemsOf({ brightness: 250 })).toEqual(['face_too_bright'])
  expect(problemsOf({ yawDegrees: -40 })).toEqual(['face_turned'])
  expect(problemsOf({ pitchDegrees: 40 })).toEqual(['face_turned'])
  expect(problemsOf({ eyeOpenness: { left: 0.05, right: 0.06 } })).toEqual(['eyes_closed'])
  expect(problemsOf({ sharpness: 5 })).toEqual(['face_blurred'])
  expect(listShotProblems(seeing(), enrolmentDemands)).toEqual(['face_missing'])
  expect(listShotProblems(seeing(aFace(), aFace()), enrolmentDemands)).toEqual(['faces_several'])
  expect(listShotProblems(seeing(aFace(), aFace({ sizePx: 50 })), enrolmentDemands)).toEqual([])
})

test('a profile photo is judged more kindly', () => {
  const winking = seeing(aFace({ yawDegrees: 40, eyeOpenness: { left: 0.05, right: 0.05 } }))
  expect(listShotProblems(winking, profileDemands)).toEqual([])
})

test('shots of one person make an enrolment', () => {
  const shots = [1, 2, 3].map((shot) => seeing(aFace({ embedding: anEmbedding(1, 0.15, shot) })))
  expect(judgeShots(shots)).toMatchObject({ embeddings: [{}, {}, {}] })
})

test('a bad shot and another person are found where they are', () => {
  const of = (person: number, shot: number) => seeing(aFace({ embedding: anEmbedding(person, 0.15, shot) }))
  expect(judgeShots([of(1, 1), seeing(), of(1, 2)])).toEqual({ problem: 'face_missing', shot: 1 })
  expect(judgeShots([of(1, 1), of(1, 2), of(2, 3)])).toEqual({ problem: 'faces_differ', shot: 2 })
})
