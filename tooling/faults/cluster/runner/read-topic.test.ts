import { describeWithInfra } from '@our-now/testkit/infra/describe-with-infra.ts'
import { Kafka, logLevel } from 'kafkajs'
import { expect, test } from 'vitest'
import { createTopicReader } from './read-topic.ts'

await describeWithInfra(['kafka'], 'the reader of the topic', ({ kafka }) => {
  test('reads what came since its mark of the rooms that are asked for, in order', async () => {
    const broker = new Kafka({ brokers: [kafka.url.slice('kafka://'.length)], logLevel: logLevel.NOTHING })
    const admin = broker.admin()
    const producer = broker.producer()
    await admin.connect()
    await admin.createTopics({
      topics: [{ topic: 'chat.room-events', numPartitions: 4 }],
      waitForLeaders: true,
    })
    await producer.connect()
    const send = (key: string, ...seqs: number[]) =>
      producer.send({
        topic: 'chat.room-events',
        messages: [{ key, value: JSON.stringify({ roomId: key, events: seqs.map((seq) => ({ seq })) }) }],
      })
    await send('a', 1, 2)
    const reader = createTopicReader(kafka.url)
    await reader.mark()
    await send('a', 3)
    await send('b', 1)
    await send('a', 4, 5)
    await send('c', 1)
    const found = await reader.read(['a', 'b'])
    expect(found.filter(({ roomId }) => roomId === 'a').map(({ seq }) => seq)).toEqual([3, 4, 5])
    expect(found.filter(({ roomId }) => roomId === 'b').map(({ seq }) => seq)).toEqual([1])
    expect(found.filter(({ roomId }) => roomId === 'c')).toEqual([])
    await reader.mark()
    expect(await reader.read(['a'])).toEqual([])
    await producer.disconnect()
    await admin.disconnect()
  })
})
