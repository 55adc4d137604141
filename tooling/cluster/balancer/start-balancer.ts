import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createHealth } from './gateway-health.ts'

export interface BalancerOptions {
  readonly host: string
  readonly port: number
  /** `http://127.0.0.1:8081`, one per gateway. */
  readonly gateways: readonly string[]
}

export interface Balancer {
  readonly url: string
  /** Ends open connections too. */
  close(): Promise<void>
}

/** Tries of a request whose gateway did not even take the connection. */
const connectTries = 3
const retryAfterSeconds = '1'

/**
 * Spreads requests and websockets over the gateways that say they are ready, the least busy one first. Small on
 * purpose: in front of a real deployment stands a real balancer.
 */
export async function startBalancer({ host, port, gateways }: BalancerOptions): Promise<Balancer> {
  const health = createHealth(gateways)
  const sockets = new Set<Socket>()

  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/balancer/readyz') {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true }))
      return
    }
    void answer(incoming, outgoing)
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    // Read whole: bodies are small, and a gateway that is just gone must not cost the request.
    const body = await readBody(incoming).catch(() => undefined)
    if (body === undefined) return
    for (let tries = 1; tries <= connectTries; tries++) {
      const gateway = health.pick()
      if (gateway === undefined) break
      const release = health.use(gateway)
      try {
        await passOn(gateway, incoming, body, outgoing)
        return
      } catch {
        health.suspect(gateway)
        if (outgoing.headersSent) return void outgoing.destroy()
      } finally {
        release()
      }
    }
    outgoing.writeHead(503, { 'retry-after': retryAfterSeconds }).end()
  }

  server.on('upgrade', (incoming, socket: Socket, head: Buffer) => {
    const gateway = health.pick()
    if (gateway === undefined) {
      socket.end(
        `HTTP/1.1 503 Service Unavailable\r\nRetry-After: ${retryAfterSeconds}\r\nConnection: close\r\n\r\n`,
      )
      return
    }
    const release = health.use(gateway)
    socket.once('close', release)
    const upgrading = sendRequest(gateway + (incoming.url ?? '/'), {
      method: incoming.method ?? 'GET',
      headers: forwarded(incoming),
      setHost: false,
    })
    upgrading.on('upgrade', (answered, behind: Socket, behindHead: Buffer) => {
      socket.write(toHead(answered))
      if (behindHead.length > 0) socket.write(behindHead)
      if (head.length > 0) behind.write(head)
      join(socket, behind)
    })
    upgrading.on('response', (answered) => {
      socket.write(toHead(answered))
      answered.pipe(socket)
    })
    upgrading.on('error', () => {
      health.suspect(gateway)
      socket.destroy()
    })
    socket.on('error', () => upgrading.destroy())
    upgrading.end()
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  /** True because a server that listens on a host has an address of this form. */
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      health.stop()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Resolves when the answer has gone out; rejects when the gateway failed before it began. */
function passOn(
  gateway: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const passing = sendRequest(
      gateway + (incoming.url ?? '/'),
      { method: incoming.method ?? 'GET', headers: forwarded(incoming), setHost: false },
      (answered) => {
        outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(outgoing)
        answered.once('end', resolve)
        answered.once('error', reject)
        answered.once('close', resolve)
      },
    )
    passing.once('error', reject)
    outgoing.once('close', () => passing.destroy())
    passing.end(body)
  })
}

/** The gateway behind trusts one proxy: the last address of this header is the client's. */
const forwarded = (incoming: IncomingMessage) => ({
  ...incoming.headers,
  'x-forwarded-for': incoming.socket.remoteAddress ?? '',
})

function toHead({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  let head = `HTTP/1.1 ${statusCode} ${statusMessage}\r\n`
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) head += `${rawHeaders[at]}: ${rawHeaders[at + 1]}\r\n`
  return `${head}\r\n`
}

/** Both ways, and whoever ends, ends both. */
function join(one: Socket, other: Socket): void {
  one.setNoDelay(true)
  other.setNoDelay(true)
  one.pipe(other)
  other.pipe(one)
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => peer.destroy())
    socket.on('close', () => peer.destroy())
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
