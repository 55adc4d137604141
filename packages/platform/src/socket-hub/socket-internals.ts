import type { Socket } from 'socket.io'
import type { Writable } from 'node:stream'

/**
 * Everything that reaches into Socket.IO, Engine.IO and ws, and nothing else. `socket-internals.test.ts` fails when a
 * new version has another shape; until then a socket whose shape is not known simply takes the stock way.
 */
interface Internals {
  readonly client: {
    readonly conn?: {
      readonly readyState?: string
      readonly upgrading?: boolean
      readonly writeBuffer?: readonly { readonly data?: unknown }[]
      readonly transport?: {
        readonly name?: string
        readonly perMessageDeflate?: unknown
        readonly socket?: {
          readonly readyState?: number
          readonly _socket?: Writable | null
          readonly _sender?: { readonly _state?: number }
          terminate?(): void
        }
      }
    }
    writeToEngine(packets: readonly string[], options: StockOptions): void
  }
}

interface StockOptions {
  readonly preEncoded: true
  readonly volatile?: boolean | undefined
  readonly compress?: boolean | undefined
  readonly wsPreEncodedFrame?: readonly Buffer[]
}

/** True as far as it is used: every field is optional and checked where it is read. */
const internalsOf = (socket: Socket): Internals => socket as unknown as Internals

const websocketOpen = 1
const senderIdle = 0

/**
 * The stream under a socket when frames may be written to it directly: an open, uncompressed websocket with nothing of
 * its own waiting, so that the order of what is sent stays. Otherwise undefined: take the stock way.
 */
export function findDirectStream(socket: Socket): Writable | undefined {
  const conn = internalsOf(socket).client.conn
  if (conn?.readyState !== 'open' || conn.upgrading !== false || conn.writeBuffer?.length !== 0)
    return undefined
  const transport = conn.transport
  if (transport?.name !== 'websocket' || transport.perMessageDeflate) return undefined
  const websocket = transport.socket
  if (websocket?.readyState !== websocketOpen || websocket._sender?._state !== senderIdle) return undefined
  const stream = websocket._socket
  return stream?.writable === true ? stream : undefined
}

/** Bytes that the socket has been given and that have not left this process yet. */
export function countWaitingBytes(socket: Socket): number {
  const conn = internalsOf(socket).client.conn
  let bytes = conn?.transport?.socket?._socket?.writableLength ?? 0
  for (const { data } of conn?.writeBuffer ?? []) if (typeof data === 'string') bytes += data.length
  return bytes
}

/** Socket.IO's own way of sending an encoded packet. The frame saves it from framing again. */
export function writeStock(
  socket: Socket,
  packets: readonly string[],
  options: { frame?: Buffer; volatile?: boolean | undefined; compress?: boolean | undefined } = {},
): void {
  const { frame, volatile, compress } = options
  internalsOf(socket).client.writeToEngine(packets, {
    preEncoded: true,
    volatile,
    compress,
    ...(frame === undefined ? {} : { wsPreEncodedFrame: [frame] }),
  })
}

/** Calls `listener` with the socket before each packet that is sent to it by the stock way. */
export function onStockWrite(socket: Socket, listener: (socket: Socket) => void): void {
  socket.conn.on('packetCreate', () => listener(socket))
}

/** Cuts the connection at once: nothing more is sent, what waits is freed. */
export function terminate(socket: Socket): void {
  const websocket = internalsOf(socket).client.conn?.transport?.socket
  if (typeof websocket?.terminate === 'function') websocket.terminate()
  else socket.disconnect(true)
}
