import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { io as connect, type Socket as Client } from 'socket.io-client'
import type { AttachOptions, Attachment, Published, SocketHub } from './socket-hub.ts'

/** For tests: a Socket.IO server at a hub, set up as the gateway does it, and stock clients of it. */
export interface TestGateway {
  readonly io: Server
  readonly url: string
  readonly routed: Published[]
  readonly attachment: Attachment
  /** Connects a stock client and puts it into these channels. */
  join(channels?: readonly string[]): Promise<{ client: Client; socket: Socket }>
  close(): Promise<void>
}

export async function openTestGateway(
  hub: SocketHub,
  options: AttachOptions & { route?: (published: Published, io: Server) => void } = {},
): Promise<TestGateway> {
  const httpServer = createServer()
  const io = new Server(httpServer, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
  })
  const routed: Published[] = []
  const { route, ...attachOptions } = options
  const attachment = hub.attach(
    io,
    (published) => {
      routed.push(published)
      route?.(published, io)
    },
    attachOptions,
  )
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  /** True because a server that listens on a host has an address of this form. */
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
  const clients: Client[] = []
  return {
    io,
    url,
    routed,
    attachment,
    async join(channels = []) {
      const connected = once(io, 'connection')
      const client = connect(url, { transports: ['websocket'], forceNew: true, reconnection: false })
      clients.push(client)
      /** True because that is what Socket.IO hands to `connection`. */
      const [socket] = (await connected) as [Socket]
      if (!client.connected) await new Promise<void>((resolve) => client.once('connect', () => resolve()))
      await socket.join([...channels])
      return { client, socket }
    },
    async close() {
      for (const client of clients) client.disconnect()
      attachment.detach()
      await io.close()
    },
  }
}
