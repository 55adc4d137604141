import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'
import type { Socket as TcpSocket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { InFlight } from './in-flight.ts'
import type { GatewayServer } from './socket/connection.ts'

/** How long calls at hand may take to end when stopping, in ms. */
const inFlightMs = 5_000
/** How long clients have to answer the closing of their websocket, in ms. */
const closingMs = 1_000

/** Remembers open TCP connections, since closing an HTTP server leaves upgraded ones open. */
export function trackTcpConnections(server: HttpServer): ReadonlySet<TcpSocket> {
  const open = new Set<TcpSocket>()
  server.server.on('connection', (socket: TcpSocket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}

export interface StopSocketsDeps {
  readonly io: GatewayServer
  readonly server: HttpServer
  readonly inFlight: InFlight
  readonly tcpConnections: ReadonlySet<TcpSocket>
  /** Time for clients to connect elsewhere, in ms. */
  readonly drainMs: number
}

/** Ends in order: clients are told, what was begun is finished, the rest is closed. Nobody is let in meanwhile. */
export async function stopSockets({
  io,
  server,
  inFlight,
  tcpConnections,
  drainMs,
}: StopSocketsDeps): Promise<void> {
  io.emit('session:drain', { afterMs: drainMs })
  const endMs = performance.now() + drainMs
  while (performance.now() < endMs && io.of('/').sockets.size > 0) await wait(Math.min(50, drainMs))
  await inFlight.close(inFlightMs)
  const killer = setTimeout(() => {
    for (const socket of tcpConnections) socket.destroy()
  }, closingMs)
  await io.close()
  await server.close()
  clearTimeout(killer)
}
