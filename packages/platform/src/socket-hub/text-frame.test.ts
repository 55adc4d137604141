import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { once } from 'node:events'
import { toTextFrame } from './text-frame.ts'

test.each([0, 1, 122, 123, 124, 125, 126, 127, 65_533, 65_534, 65_535, 65_536, 70_000])(
  'a packet of %i bytes is read as it was written',
  async (length) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    const packet = '2'.repeat(length)
    server.on('connection', (websocket) => {
      /** True because ws keeps its stream there; the same reach as in socket-internals.ts. */
      const { _socket: stream } = websocket as unknown as { _socket: NodeJS.WritableStream }
      stream.write(Buffer.concat([toTextFrame(packet), toTextFrame('둘 👋')]))
    })
    const client = new WebSocket(`ws://127.0.0.1:${Reflect.get(Object(server.address()), 'port')}`)
    const read: string[] = []
    await new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        if (read.push(data.toString()) === 2) resolve()
      })
    })
    expect(read).toEqual([`4${packet}`, '4둘 👋'])
    client.terminate()
    server.close()
  },
)
