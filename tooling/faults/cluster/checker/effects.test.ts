import { expect, test } from 'vitest'
import { brokenBy, spoil } from './test/judge.ts'

test('S12 catches an event that is not in the topic', () => {
  const run = spoil({ final: ({ topic }) => ({ topic: topic.filter(({ seq }) => seq !== 3) }) })
  expect(brokenBy(run)).toEqual(['S12'])
})

test('S12 catches two events of a room that changed places in the topic', () => {
  const run = spoil({
    final: ({ topic: [first, second, ...others] }) => ({
      topic: [...(second ? [second] : []), ...(first ? [first] : []), ...others],
    }),
  })
  expect(brokenBy(run)).toEqual(['S12'])
})

test('S12 allows an event that is in the topic again', () => {
  const run = spoil({ final: ({ topic }) => ({ topic: [...topic, ...topic] }) })
  expect(brokenBy(run)).toEqual([])
})

test('S12 catches rows left in the outbox', () => {
  expect(brokenBy(spoil({ final: () => ({ outboxLeft: 1 }) }))).toEqual(['S12'])
})

/** True because the good run and `dumpDatabase` write it so. */
const messagesOf = (effects: Readonly<Record<string, unknown>>) =>
  effects['messages'] as { ordinal: number }[]

test('S13 catches a message of the log that is not among the messages', () => {
  const run = spoil({
    final: ({ effects }) => ({ effects: { ...effects, messages: messagesOf(effects).slice(1) } }),
  })
  expect(brokenBy(run)).toEqual(['S13'])
})

test('S13 catches a message that is kept twice', () => {
  const run = spoil({
    final: ({ effects }) => ({
      effects: { ...effects, messages: [...messagesOf(effects), ...messagesOf(effects).slice(-1)] },
    }),
  })
  expect(brokenBy(run)).toEqual(['S13'])
})

test('S13 catches a message with another ordinal than its place', () => {
  const run = spoil({
    final: ({ effects }) => ({
      effects: {
        ...effects,
        messages: messagesOf(effects).map((message) => ({ ...message, ordinal: message.ordinal + 1 })),
      },
    }),
  })
  expect(brokenBy(run)).toEqual(['S13'])
})

test('S13 catches a badge that counts a message too many', () => {
  const run = spoil({
    final: ({ members: [first, ...others] }) => ({
      members: [...(first ? [{ ...first, readOrdinal: first.readOrdinal - 1 }] : []), ...others],
    }),
  })
  expect(brokenBy(run)).toEqual(['S13'])
})

test('S13 catches a room that counts another number of members than it has', () => {
  const run = spoil({
    final: ({ effects }) => ({ effects: { ...effects, memberCounts: { r1: 2, r2: 3 } } }),
  })
  expect(brokenBy(run)).toEqual(['S13'])
})
