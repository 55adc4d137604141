import { request as sendRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Health } from './gateway-health.ts'
import { forwarded } from './pass-request.ts'

/** Gateways that are asked before a handshake is refused. */
const maxTries = 3
/** How long a gateway may take for a handshake, in ms: one that is paused takes connections and says nothing. */
const answerWithinMs = 3_000
const refusal =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/** Joins a websocket with a gateway's; one that refuses because it stops, or does not answer, is passed over. */
export function passUpgrade(
  health: Health,
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
  tries = maxTries,
): void {
  const gateway = tries > 0 ? health.pick() : undefined
  if (gateway === undefined) return void socket.end(refusal)
  const release = health.use(gateway)
  const upgrading = sendRequest(gateway + (incoming.url ?? '/'), {
    method: incoming.method ?? 'GET',
    headers: forwarded(incoming),
    setHost: false,
    timeout: answerWithinMs,
  })
  const giveUp = (): void => void upgrading.destroy()
  let isOver = false
  const goOn = (): void => {
    if (isOver) return
    isOver = true
    release()
    health.suspect(gateway)
    socket.off('close', giveUp)
    if (!socket.destroyed) passUpgrade(health, incoming, socket, head, tries - 1)
  }
  socket.once('close', giveUp)
  socket.on('error', giveUp)
  upgrading.once('timeout', giveUp)
  upgrading.once('error', goOn)
  upgrading.once('upgrade', (answered, behind: Socket, behindHead: Buffer) => {
    isOver = true
    behind.setTimeout(0)
    socket.once('close', release)
    socket.write(toHead(answered))
    if (behindHead.length > 0) socket.write(behindHead)
    if (head.length > 0) behind.write(head)
    join(socket, behind)
  })
  upgrading.once('response', (answered) => {
    if (answered.statusCode === 503) {
      answered.resume()
      return goOn()
    }
    isOver = true
    socket.once('close', release)
    socket.write(toHead(answered))
    answered.pipe(socket)
  })
  upgrading.end()
}

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
