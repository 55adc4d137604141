import { expect, test } from 'vitest'
import { createReplicaChoice } from './choose-replica.ts'

const urls = ['http://a', 'http://b', 'http://c']
const keys = Array.from({ length: 3_000 }, (_, index) => `room-${index}`)
const firstOf = (choice: ReturnType<typeof createReplicaChoice>, key: string): string | undefined =>
  choice.list(key)[0]

test('one key goes to one replica; keys spread evenly', () => {
  const choice = createReplicaChoice(urls, () => 0)
  const counts = new Map<string | undefined, number>()
  for (const key of keys) {
    expect(choice.list(key)).toEqual(choice.list(key))
    expect(choice.list(key).toSorted()).toEqual(urls)
    counts.set(firstOf(choice, key), (counts.get(firstOf(choice, key)) ?? 0) + 1)
  }
  for (const url of urls) expect(counts.get(url)).toBeGreaterThan(850)
})

test('when a replica goes, only its own keys move', () => {
  const [before, after] = [createReplicaChoice(urls, () => 0), createReplicaChoice(urls.slice(0, 2), () => 0)]
  for (const key of keys)
    if (firstOf(before, key) !== 'http://c') expect(firstOf(after, key)).toBe(firstOf(before, key))
})

test('without a key they take turns', () => {
  const choice = createReplicaChoice(urls, () => 0)
  expect([1, 2, 3, 4].map(() => choice.list(undefined)[0])).toEqual([...urls, 'http://a'])
})

test('a replica that failed is last, until one call has found it well', () => {
  let nowMs = 0
  const choice = createReplicaChoice(urls, () => nowMs)
  const key = keys.find((some) => firstOf(choice, some) === 'http://b') ?? ''
  choice.failed('http://b')
  expect(firstOf(choice, key)).not.toBe('http://b')
  nowMs = 1_000
  expect([firstOf(choice, key), firstOf(choice, key) === 'http://b']).toEqual(['http://b', false])
  choice.succeeded('http://b')
  expect(firstOf(choice, key)).toBe('http://b')
})

test('when all have failed the order stays', () => {
  const choice = createReplicaChoice(urls, () => 0)
  const order = choice.list('room')
  for (const url of urls) choice.failed(url)
  expect(choice.list('room')).toEqual(order)
})
