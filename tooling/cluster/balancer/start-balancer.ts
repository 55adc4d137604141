import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createHealth } from './gateway-health.ts'
import { passRequest } from './pass-request.ts'
import { passUpgrade } from './pass-upgrade.ts'

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

/**
 * Spreads requests and websockets over the gateways that say they are ready, the least busy one first. Small on
 * purpose: in front of a real deployment stands a real balancer.
 */
export async function startBalancer({ host, port, gateways }: BalancerOptions): Promise<Balancer> {
  const health = createHealth(gateways)
  const sockets = new Set<Socket>()
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/balancer/readyz')
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true }))
    else void passRequest(health, incoming, outgoing)
  })
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (incoming, socket: Socket, head: Buffer) =>
    passUpgrade(health, incoming, socket, head),
  )

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
