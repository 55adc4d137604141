import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** Answer of a TURN server: `code` is absent where it said yes. */
interface TurnAnswer {
  readonly code: number | undefined
  readonly attributes: ReadonlyMap<number, Buffer>
}

interface TurnCredential {
  readonly username: string
  readonly credential: string
}

/** Just enough of RFC 8656 to ask a TURN server over UDP for an allocation and for permissions. */
export interface TurnClient {
  allocate(by?: TurnCredential): Promise<TurnAnswer>
  /** Asks to relay to a peer's IPv4 address. */
  permit(address: string): Promise<TurnAnswer>
  close(): void
}

const cookie = 0x2112a442
const types = { allocate: 0x0003, createPermission: 0x0008 } as const
const names = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  transport: 0x0019,
}

const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

export function createTurnClient(port: number): TurnClient {
  const socket = createSocket('udp4')
  let session: { key: Buffer; common: Buffer[] } | undefined
  const ask = (type: number, attributes: readonly Buffer[]): Promise<TurnAnswer> =>
    exchange(socket, port, sign(type, [...attributes, ...(session?.common ?? [])], session?.key))
  const udp = attribute(names.transport, Buffer.from([17, 0, 0, 0]))
  return {
    allocate: async (by) => {
      session = undefined
      const first = await ask(types.allocate, [udp])
      if (by === undefined) return first
      const realm = first.attributes.get(names.realm) ?? Buffer.alloc(0)
      const nonce = first.attributes.get(names.nonce) ?? Buffer.alloc(0)
      session = {
        // The key of a long-term credential (RFC 8489, section 9.2.2).
        key: createHash('md5').update(`${by.username}:${realm.toString()}:${by.credential}`).digest(),
        common: [
          attribute(names.username, Buffer.from(by.username)),
          attribute(names.realm, realm),
          attribute(names.nonce, nonce),
        ],
      }
      return ask(types.allocate, [udp])
    },
    permit: (address) => ask(types.createPermission, [attribute(names.peer, toXored(address))]),
    close: () => socket.close(),
  }
}

/** An address with the cookie over it (RFC 8489, section 14.2). */
function toXored(address: string): Buffer {
  const value = Buffer.alloc(8)
  value[1] = 1
  value.writeUInt16BE(9_999 ^ (cookie >>> 16), 2)
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  value.writeUInt32BE((number ^ cookie) >>> 0, 4)
  return value
}

function sign(type: number, attributes: readonly Buffer[], key: Buffer | undefined): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt16BE(type, 0)
  head.writeUInt32BE(cookie, 4)
  randomBytes(12).copy(head, 8)
  const message = Buffer.concat([head, ...attributes])
  message.writeUInt16BE(message.length - 20 + (key === undefined ? 0 : 24), 2)
  if (key === undefined) return message
  return Buffer.concat([
    message,
    attribute(names.integrity, createHmac('sha1', key).update(message).digest()),
  ])
}

async function exchange(socket: Socket, port: number, message: Buffer): Promise<TurnAnswer> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(2_000) })
  socket.send(message, port, '127.0.0.1')
  const [answer]: unknown[] = await answered
  if (!Buffer.isBuffer(answer)) throw new Error('a datagram')
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2)
    attributes.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  const error = attributes.get(names.error)
  return { code: error === undefined ? undefined : (error[2] ?? 0) * 100 + (error[3] ?? 0), attributes }
}
