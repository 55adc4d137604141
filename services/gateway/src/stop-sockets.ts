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
  await sendAway(io, drainMs)
  await inFlight.close(inFlightMs)
  const killer = setTimeout(() => {
    for (const socket of tcpConnections) socket.destroy()
  }, closingMs)
  await io.close()
  await server.close()
  clearTimeout(killer)
}

/** Clients are told in so many parts, so that those who take them in need not take all at once. */
const slices = 20
/** The part of the time in which they are told; the rest is for the last of them, and for a second try. */
const tellingShare = 2 / 3

/** Tells all sockets to connect elsewhere, and gives them the time for it: fewer when the last has gone. */
async function sendAway(io: GatewayServer, drainMs: number): Promise<void> {
  const { sockets } = io.of('/')
  const waiting = [...sockets.values()]
  const startMs = performance.now()
  const sliceMs = Math.round((drainMs * tellingShare) / slices)
  for (let slice = 1; slice <= slices && waiting.length > 0; slice++) {
    const told = waiting.splice(0, Math.ceil(waiting.length / (slices - slice + 1)))
    for (const socket of told) socket.emit('session:drain', { afterMs: sliceMs })
    if (drainMs > 0) await wait(Math.max(0, startMs + slice * sliceMs - performance.now()))
  }
  while (performance.now() < startMs + drainMs && sockets.size > 0) await wait(Math.min(50, drainMs))
}
