import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Admission } from './admission.ts'
import type { GatewayServer } from './connection.ts'
import { textOnlyParser } from './text-only-parser.ts'

/** Longest message from a client, in bytes. */
const maxMessageBytes = 64 * 1024
/** How long a websocket may stay without having authenticated, in ms. */
const authenticateMs = 5_000

/** Socket.IO with everything switched off that is not used: websocket only, text only, nothing compressed or kept. */
export function createSocketServer(httpServer: HttpServer, admission: Admission): GatewayServer {
  const io: GatewayServer = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: authenticateMs,
    allowRequest: admission.allowRequest,
    parser: textOnlyParser,
  })
  admission.countConnections(io)
  return io
}
