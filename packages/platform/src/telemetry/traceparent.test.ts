import { expect, test } from 'vitest'
import { createTraceId, createTraceparent, parseTraceparent } from './traceparent.ts'

test('what is made can be read', () => {
  const traceId = createTraceId()
  const read = parseTraceparent(createTraceparent(traceId, true))
  expect(read).toMatchObject({ traceId, isSampled: true })
  expect(read?.parentId).toMatch(/^[0-9a-f]{16}$/)
  expect(parseTraceparent(createTraceparent())).toMatchObject({ isSampled: false })
  expect(createTraceparent()).not.toBe(createTraceparent())
})

test('a trace id of another form is not carried on', () => {
  expect(createTraceparent('x'.repeat(32))).toMatch(/^00-[0-9a-f]{32}-/)
})

test.each([
  undefined,
  '',
  'hello',
  `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
  `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
  `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01`,
  `00-${'a'.repeat(31)}-${'b'.repeat(16)}-01`,
])('%s is not a trace context', (header) => {
  expect(parseTraceparent(header)).toBeUndefined()
})

test('a later version with more fields is understood', () => {
  expect(parseTraceparent(`01-${'a'.repeat(32)}-${'b'.repeat(16)}-01-more`)).toMatchObject({
    isSampled: true,
  })
})
