import { kafkaVersion } from '@our-now/testkit/infra/kafka.ts'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

test('the broker that the bootstrap fetches is the one that tests start', async () => {
  const text = await readFile(new URL('./ensure-kafka-jars.mjs', import.meta.url), 'utf8')
  expect(/const kafkaVersion = '(.*)'/.exec(text)?.[1]).toBe(kafkaVersion)
})
