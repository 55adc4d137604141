import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server and can lose an answer after the server has done what it was asked. */
export interface ReplyDropper {
  readonly port: number
  /**
   * The next request whose bytes contain `text` reaches the server; its answer does not come back, the connection ends.
   * Resolves when the server has answered.
   */
  dropNextReplyTo(text: string): Promise<void>
  close(): Promise<void>
}

export async function startReplyDropper(server: { port: number }): Promise<ReplyDropper> {
  const sockets = new Set<Socket>()
  let armed: { readonly text: string; readonly done: () => void } | undefined
  const door = createServer((client) => {
    const upstream = connect(server.port, '127.0.0.1')
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    let dropped: (() => void) | undefined
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end).on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (chunk: Buffer) => {
      if (armed !== undefined && chunk.includes(armed.text)) {
        dropped = armed.done
        armed = undefined
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk: Buffer) => {
      if (dropped === undefined) return void client.write(chunk)
      dropped()
      end()
    })
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('a socket without a port')
  return {
    port: address.port,
    dropNextReplyTo: (text) =>
      new Promise((done) => {
        armed = { text, done }
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => door.close(resolve))
    },
  }
}
