import { AppError } from '@our-now/platform/errors/app-error.ts'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { collectRequest } from './collect-request.ts'

const schema = Type.Object({
  roomId: Type.String(),
  seq: Type.Optional(Type.Integer()),
  isQuiet: Type.Optional(Type.Boolean()),
})
const collect = (method: string, input: { params?: unknown; query?: unknown; body?: unknown }) =>
  collectRequest(schema, { method, params: {}, query: {}, body: undefined, ...input })

test('path and query are read by the types of the schema', () => {
  expect(collect('GET', { params: { roomId: '7', seq: '12' }, query: { isQuiet: 'true' } })).toEqual({
    roomId: '7',
    seq: 12,
    isQuiet: true,
  })
})

test('text that is no number stays text, for the schema to refuse', () => {
  expect(collect('GET', { query: { seq: '1e3', isQuiet: 'yes', unknown: '1' } })).toEqual({
    seq: '1e3',
    isQuiet: 'yes',
    unknown: '1',
  })
})

test('repeated query names stay a list', () => {
  expect(collect('GET', { query: { seq: ['1', '2'] } })).toEqual({ seq: ['1', '2'] })
})

test('a body is taken as it is, and its numbers are not made from text', () => {
  expect(
    collect('POST', { params: { roomId: 'a' }, body: { seq: '1' }, query: { isQuiet: 'true' } }),
  ).toEqual({
    roomId: 'a',
    seq: '1',
  })
})

test('a missing body is an empty one', () => {
  expect(collect('PUT', { params: { roomId: 'a' } })).toEqual({ roomId: 'a' })
})

test.each([[[1]], ['text'], [3], [null]])('a body %j is refused', (body) => {
  expect(() => collect('POST', { body })).toThrow(AppError)
})

test('a body cannot say again what the path says', () => {
  expect(() => collect('POST', { params: { roomId: 'a' }, body: { roomId: 'b' } })).toThrow(AppError)
})

test('names of the prototype are names like others', () => {
  const collected = collect('POST', { body: JSON.parse('{"__proto__": {"roomId": "x"}}') as unknown })
  expect(Object.keys(collected)).toEqual(['__proto__'])
  expect(collect('GET', { query: { constructor: '1' } })).toEqual({ constructor: '1' })
})
