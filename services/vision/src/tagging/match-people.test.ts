import { expect, test } from 'vitest'
import { anEmbedding } from '../../test/support/faces.ts'
import { matchPeople } from './match-people.ts'

const people = new Map([
  ['ada', [anEmbedding(1, 0.1, 1), anEmbedding(1, 0.1, 2)]],
  ['ben', [anEmbedding(2)]],
])

test('each face gets the person it is like, and a stranger nobody', () => {
  const faces = [anEmbedding(2), anEmbedding(3), anEmbedding(1), undefined]
  expect(matchPeople(faces, people, 0.93)).toEqual(['ben', undefined, 'ada', undefined])
})

test('one person is in a photo once: the face that is most like them', () => {
  expect(matchPeople([anEmbedding(1, 0.3, 5), anEmbedding(1)], people, 0.9)).toEqual([undefined, 'ada'])
})

test('below the threshold nobody is named', () => {
  expect(matchPeople([anEmbedding(1, 0.6, 9)], people, 0.93)).toEqual([undefined])
  expect(matchPeople([anEmbedding(1)], new Map(), 0.93)).toEqual([undefined])
})
