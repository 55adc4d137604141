import { request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Health } from './gateway-health.ts'

/** Gateways that are asked before the request is given up. */
const maxTries = 3
/** Bodies up to this are read first, in bytes: they can be sent to a second gateway. */
const readFirstBytes = 64 * 1024

/** Passes one request to a gateway, and to another one where the first cannot have seen it. */
export async function passRequest(
  health: Health,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const length = Number(incoming.headers['content-length'] ?? 0)
  const isSmall = length <= readFirstBytes && incoming.headers['transfer-encoding'] === undefined
  const body = isSmall ? await readBody(incoming).catch(() => undefined) : incoming
  if (body === undefined) return
  for (let tries = isSmall ? maxTries : 1; tries > 0; tries--) {
    const gateway = health.pick()
    if (gateway === undefined) break
    const release = health.use(gateway)
    try {
      await send(gateway, { incoming, body, outgoing })
      return
    } catch (error) {
      health.suspect(gateway)
      if (outgoing.headersSent) return void outgoing.destroy()
      if (!wasNeverSeen(error) && !isRead(incoming)) return void outgoing.writeHead(502).end()
    } finally {
      release()
    }
  }
  outgoing.writeHead(503, { 'retry-after': '1' }).end()
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

const wasNeverSeen = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'ECONNREFUSED'

interface Passing {
  readonly incoming: IncomingMessage
  readonly body: Buffer | IncomingMessage
  readonly outgoing: ServerResponse
}

/** Resolves when the answer has gone out; rejects when the gateway failed before it began. */
function send(gateway: string, { incoming, body, outgoing }: Passing): Promise<void> {
  return new Promise((resolve, reject) => {
    const passing = sendRequest(
      gateway + (incoming.url ?? '/'),
      {
        method: incoming.method ?? 'GET',
        headers: forwarded(incoming),
        setHost: false,
        // A kept connection that is just being closed would lose a write without a trace.
        ...(!isRead(incoming) && { agent: false }),
      },
      (answered) => {
        outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(outgoing)
        answered.once('error', reject)
        answered.once('close', resolve)
      },
    )
    passing.once('error', reject)
    outgoing.once('close', () => passing.destroy())
    if (Buffer.isBuffer(body)) passing.end(body)
    else body.pipe(passing)
  })
}

/** The gateway behind trusts one proxy: the last address of this header is the client's. */
export const forwarded = (incoming: IncomingMessage) => ({
  ...incoming.headers,
  'x-forwarded-for': incoming.socket.remoteAddress ?? '',
})

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
