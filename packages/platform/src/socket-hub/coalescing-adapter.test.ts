import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Socket as Client } from 'socket.io-client'
import { createLogger } from '../logging/logger.ts'
import { createMemorySocketHub } from './memory-socket-hub.ts'
import { findDirectStream, countWaitingBytes } from './socket-internals.ts'
import { openTestGateway, type TestGateway } from './test-gateway.ts'

const listen = (client: Client): unknown[][] => {
  const received: unknown[][] = []
  client.onAny((...args: unknown[]) => received.push(args))
  return received
}

test('an idle socket of the installed Socket.IO, Engine.IO and ws has the shape that is reached into', async () => {
  const gateway = await openTestGateway(createMemorySocketHub({ log: createLogger('silent') }))
  const { socket } = await gateway.join()
  await expect.poll(() => findDirectStream(socket)).toBeDefined()
  expect(countWaitingBytes(socket)).toBe(0)
  const stream = findDirectStream(socket)
  expect(stream?.write).toBeTypeOf('function')
  expect(stream?.writableLength).toBe(0)
  await gateway.close()
})

describe.each([
  ['coalesced', true],
  ['stock', false],
])('what a stock client receives, %s', (_, isCoalesced) => {
  let gateway: TestGateway
  beforeEach(async () => {
    gateway = await openTestGateway(createMemorySocketHub({ log: createLogger('silent') }), { isCoalesced })
  })
  afterEach(() => gateway.close())

  test('broadcasts, emits to one socket and acknowledgements keep their order', async () => {
    const { client, socket } = await gateway.join(['room:a', 'room:b'])
    const { client: other } = await gateway.join(['room:b'])
    const received = listen(client)
    const ofOther = listen(other)
    const expected: unknown[][] = []
    const expectedOfOther: unknown[][] = []
    socket.on('ask', (n: number, acknowledge: (reply: string) => void) => {
      gateway.io.to('room:a').emit('before', n)
      acknowledge(`answer ${n}`)
      gateway.io.to('room:a').emit('after', n)
    })
    for (let n = 0; n < 200; n++) {
      const kind = n % 5
      if (kind < 2) {
        gateway.io.to('room:a').emit('a', n, '안녕 👋')
        expected.push(['a', n, '안녕 👋'])
      } else if (kind === 2) {
        socket.emit('direct', n)
        expected.push(['direct', n])
      } else {
        gateway.io.local.to('room:b').emit('b', n)
        expected.push(['b', n])
        expectedOfOther.push(['b', n])
      }
      if (n % 37 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await expect.poll(() => received.length).toBe(200)
    expect(received).toEqual(expected)
    expect(ofOther).toEqual(expectedOfOther)

    received.length = 0
    const answers = await Promise.all(
      [1, 2, 3].map(async (n) => {
        const answer: unknown = await client.emitWithAck('ask', n)
        return [answer, received.filter(([name]) => name === 'before').length >= n]
      }),
    )
    expect(answers).toEqual([1, 2, 3].map((n) => [`answer ${n}`, true]))
    await expect.poll(() => received.length).toBe(6)
    expect(received).toEqual(
      [1, 2, 3].flatMap((n) => [
        ['before', n],
        ['after', n],
      ]),
    )
  })

  test('who leaves in the same tick gets what was sent before, who comes gets what is sent after', async () => {
    const { client: leaver, socket: leaving } = await gateway.join(['room:a'])
    const { client: comer, socket: coming } = await gateway.join()
    const ofLeaver = listen(leaver)
    const ofComer = listen(comer)
    gateway.io.to('room:a').emit('n', 1)
    await coming.join('room:a')
    gateway.io.to('room:a').emit('n', 2)
    await leaving.leave('room:a')
    gateway.io.to('room:a').emit('n', 3)
    coming.emit('end')
    leaving.emit('end')
    await expect.poll(() => [...ofLeaver, ...ofComer].length).toBe(6)
    expect(ofLeaver).toEqual([['n', 1], ['n', 2], ['end']])
    expect(ofComer).toEqual([['n', 2], ['n', 3], ['end']])
  })

  test('exceptions, several channels, everybody, binary and namespaces work as ever', async () => {
    const { client, socket } = await gateway.join(['room:a', 'room:b'])
    const { client: other } = await gateway.join(['room:a', 'open:a'])
    const received = listen(client)
    const ofOther = listen(other)
    gateway.io.to('room:a').except('open:a').emit('except', 1)
    socket.to('room:a').emit('from me', 2)
    gateway.io.to('room:a').to('room:b').emit('both', 3)
    gateway.io.emit('everybody', 4)
    gateway.io.to('room:a').emit('binary', Buffer.from([1, 2]))
    gateway.io.to('room:a').emit('last', 5)
    await expect.poll(() => [...received, ...ofOther].length).toBe(10)
    expect(received).toEqual([
      ['except', 1],
      ['both', 3],
      ['everybody', 4],
      ['binary', Buffer.from([1, 2])],
      ['last', 5],
    ])
    expect(ofOther.map(([name]) => name)).toEqual(['from me', 'both', 'everybody', 'binary', 'last'])
  })

  test('large and many broadcasts arrive complete', async () => {
    const { client } = await gateway.join(['room:a'])
    const received = listen(client)
    const text = '가'.repeat(40_000)
    for (let n = 0; n < 6; n++) gateway.io.to('room:a').emit('large', n, text)
    await expect.poll(() => received.length).toBe(6)
    for (let n = 0; n < 500; n++) {
      gateway.io.to('room:a').emit('small', n)
      if (n % 100 === 99) await expect.poll(() => received.length).toBe(6 + n + 1)
    }
    expect(received.slice(0, 6)).toEqual(Array.from({ length: 6 }, (_, n) => ['large', n, text]))
    expect(received.slice(6)).toEqual(Array.from({ length: 500 }, (_, n) => ['small', n]))
  })
})

test('a burst in one tick is one write', async () => {
  const gateway = await openTestGateway(createMemorySocketHub({ log: createLogger('silent') }))
  const { client, socket } = await gateway.join(['room:a'])
  const received = listen(client)
  const stream = await expect
    .poll(() => findDirectStream(socket))
    .toBeDefined()
    .then(() => findDirectStream(socket))
  let writes = 0
  const write = stream?.write.bind(stream)
  if (stream !== undefined && write !== undefined)
    stream.write = (chunk: Buffer) => {
      writes += 1
      return write(chunk)
    }
  for (let n = 0; n < 8; n++) gateway.io.to('room:a').emit('n', n)
  await expect.poll(() => received.length).toBe(8)
  expect(writes).toBe(1)
  await gateway.close()
})
