import type { Reply } from '@our-now/contracts/errors.ts'
import { protocolVersion, type CommandName, type CommandRequest } from '@our-now/contracts/socket.ts'
import { WebSocket } from 'ws'

/** A socket that speaks just enough Socket.IO to be cheap: what is measured is the server, not the client. */
export interface LightSocket {
  /** Answers the reply, or `unavailable` when the socket closes before it came. */
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<Reply<unknown>>
  /** Room events that came since the start. */
  eventCount(): number
  readonly closed: Promise<void>
  close(): void
}

export interface LightSocketOptions {
  readonly url: string
  readonly accessToken: string
  /** Told each room event as its text; parsing is up to whoever listens. */
  readonly onRoomEvent?: (text: string) => void
  readonly onReady?: () => void
}

const roomEvent = '42["room:event",'
const closedReply: Reply<unknown> = { ok: false, failure: { code: 'unavailable', message: 'closed' } }

/** Connects and resolves when the session is ready. */
export async function connectLight(options: LightSocketOptions): Promise<LightSocket> {
  const { url, accessToken, onRoomEvent } = options
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    origin: url,
    perMessageDeflate: false,
  })
  const waiting = new Map<number, (reply: Reply<unknown>) => void>()
  let nextId = 0
  let events = 0
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('close', () => {
    for (const settle of waiting.values()) settle(closedReply)
    waiting.clear()
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed before it was ready')))
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.startsWith(roomEvent)) {
        events += 1
        onRoomEvent?.(text)
      } else if (text.startsWith('43')) settle(text)
      else if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send(`40${JSON.stringify({ accessToken, protocolVersion })}`)
      else if (text.startsWith('42["session:ready"')) resolve()
      else if (text.startsWith('44')) reject(new Error(text))
    })
  })

  /** `43<id>[reply]` */
  function settle(text: string): void {
    const at = text.indexOf('[')
    const id = Number(text.slice(2, at))
    /** True because an acknowledgement carries one argument, the reply of the contract. */
    const [reply] = JSON.parse(text.slice(at)) as [Reply<unknown>]
    waiting.get(id)?.(reply)
    waiting.delete(id)
  }

  return {
    command: (name, request) => {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(closedReply)
      const id = nextId++
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        socket.send(`42${id}${JSON.stringify([name, request])}`)
      })
    },
    eventCount: () => events,
    closed,
    close: () => socket.terminate(),
  }
}
