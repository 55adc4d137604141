import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { authContract } from '@our-now/contracts/auth.ts'
import { errorCodes, type ErrorCode, type Failure } from '@our-now/contracts/errors.ts'
import { cookieRequestHeader } from '@our-now/contracts/rest.ts'
import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import {
  clientEvents,
  Handshake,
  serverEvents,
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type ServerEvent,
  type ServerEventName,
} from '@our-now/contracts/socket.ts'
import type { UserEvent } from '@our-now/contracts/user-events.ts'
import { Server, type Socket } from 'socket.io'
import { Compile } from 'typebox/compile'

type Answer<N extends CommandName> = CommandReply<N> | Failure | 'silence' | 'cut'
type Handlers = {
  [N in CommandName]?: (request: CommandRequest<N>, socket: Socket) => Answer<N> | Promise<Answer<N>>
}

export const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const adaId = id(1)
const benId = id(2)
export const roomId = id(100)

/** A message event with only its place told. */
export const aMessageEvent = (
  seq: number,
  change: { roomId?: string; authorId?: string; clientMessageId?: string; text?: string } = {},
): RoomEvent => {
  const message = {
    roomId: change.roomId ?? roomId,
    seq,
    ordinal: seq,
    authorId: change.authorId ?? benId,
    clientMessageId: change.clientMessageId ?? id(1_000 + seq),
    sentAt: seq,
    text: change.text ?? `message ${seq}`,
  }
  return { roomId: message.roomId, seq, at: seq, actorId: message.authorId, kind: 'message-created', message }
}

export const aUserEvent = (seq: number): UserEvent => ({
  userId: adaId,
  seq,
  at: seq,
  kind: 'friend-removed',
  friendId: id(500 + seq),
})

/**
 * A server that speaks the contract and nothing else: it checks every request and every push of its own by the
 * contract's schemas, keeps one room log, writes a message once per id, and can be told to misbehave in between.
 */
export async function startContractServer() {
  const log: RoomEvent[] = []
  const userLog: UserEvent[] = []
  const commands: { name: CommandName; request: unknown; socketId: string }[] = []
  const requests: string[] = []
  const connectionIds: string[] = []
  /** Which connection each one said to replace. */
  const replaced: unknown[] = []
  const handlers: Handlers = {}
  const sockets = new Set<Socket>()
  let refreshes = 0
  let tokenLifeSeconds = 600
  let isSessionOver = false
  let handshakeFailure: Failure | undefined
  const validTokens = new Set<string>()
  const checkHandshake = Compile(Handshake)
  const checkers = Object.fromEntries(
    Object.entries(clientEvents).map(([name, { request }]) => [name, Compile(request)]),
  )
  const pushCheckers = Object.fromEntries(
    Object.entries(serverEvents).map(([name, schema]) => [name, Compile(schema)]),
  )

  const failure = (code: ErrorCode, retryAfterMs?: number): Failure => ({
    code,
    message: errorCodes[code].title,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })

  function signedIn() {
    refreshes += 1
    const issued = Math.floor(Date.now() / 1_000)
    const claims = Buffer.from(JSON.stringify({ iat: issued, exp: issued + tokenLifeSeconds })).toString(
      'base64url',
    )
    const accessToken = `head.${claims}.${refreshes}`
    validTokens.add(accessToken)
    return {
      account: { userId: adaId, handle: 'ada', isOperator: false, createdAt: 1 },
      sessionId: id(900),
      accessToken,
      accessTokenExpiresAt: Date.now() + tokenLifeSeconds * 1_000,
      refreshTokenExpiresAt: Date.now() + 1e9,
      displayName: 'Ada',
    }
  }

  const http = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${request.method} ${request.url}`)
    const end = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'on_refresh=r; Path=/' })
      response.end(JSON.stringify(body))
    }
    const refuse = (code: ErrorCode) =>
      end(errorCodes[code].status, { title: errorCodes[code].title, ...failure(code) })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
    const isCookieRoute = /refresh|sign-out/.test(request.url ?? '')
    if (isCookieRoute && request.headers[cookieRequestHeader.name] !== cookieRequestHeader.value)
      return refuse('forbidden')
    if (request.url === '/api/auth/refresh')
      return isSessionOver ? refuse('session_ended') : end(200, signedIn())
    if (request.url === '/api/auth/sign-in') {
      if (!Compile(authContract.signIn.request).Check(body)) return refuse('invalid_request')
      return end(200, signedIn())
    }
    if (request.url === '/api/auth/sign-out') return end(200, {})
    const token = request.headers.authorization?.slice('Bearer '.length) ?? ''
    if (!validTokens.has(token)) return refuse('token_expired')
    end(200, { userId: adaId, handle: 'ada', displayName: 'Ada', statusMessage: '', presenceVisible: true })
  }

  const io = new Server(http, { transports: ['websocket'] })
  io.use((socket, next) => {
    const refuse = (data: Failure) => next(Object.assign(new Error(data.code), { data }))
    if (!checkHandshake.Check(socket.handshake.auth)) return refuse(failure('invalid_request'))
    if (handshakeFailure) return refuse(handshakeFailure)
    if (!validTokens.has(socket.handshake.auth.accessToken)) return refuse(failure('token_expired'))
    next()
  })
  io.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('disconnect', () => sockets.delete(socket))
    socket.onAny((name: CommandName, request: unknown, acknowledge: (reply: unknown) => void) => {
      commands.push({ name, request, socketId: socket.id })
      if (!checkers[name]?.Check(request))
        return acknowledge({ ok: false, failure: failure('invalid_request') })
      void respond(name, request as never, socket, acknowledge)
    })
    const connectionId = id(2_000 + connectionIds.length)
    connectionIds.push(connectionId)
    replaced.push(socket.handshake.auth['previousConnectionId'])
    push('session:ready', { connectionId, userHead: userLog.length, serverTime: Date.now() }, [socket])
  })

  function push<N extends ServerEventName>(
    name: N,
    payload: ServerEvent<N>,
    to: Iterable<Socket> = sockets,
  ): void {
    if (!pushCheckers[name]?.Check(payload)) throw new Error(`the test pushes an invalid ${name}`)
    for (const socket of to) socket.emit(name, payload)
  }

  async function respond<N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
    socket: Socket,
    acknowledge: (reply: unknown) => void,
  ): Promise<void> {
    const answered = await handle(name, request, socket)
    if (answered === 'silence') return
    if (answered === 'cut') {
      socket.conn.close()
      return
    }
    const isFailure = typeof answered === 'object' && 'code' in answered
    acknowledge(isFailure ? { ok: false, failure: answered } : { ok: true, value: answered })
  }

  async function handle<N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
    socket: Socket,
  ): Promise<Answer<CommandName>> {
    const own = handlers[name] ?? defaults[name]
    return own ? own(request, socket) : failure('unavailable')
  }

  const defaults: Handlers = {
    'message:send': (request) => store(request, { isPushed: true }),
    'room:sync': ({ rooms }) => ({
      rooms: rooms.map(({ roomId: asked, have }) => syncOf(asked, have)),
      gone: [],
      rest: [],
    }),
    'user:sync': ({ have }) => ({
      head: userLog.length,
      events: userLog.slice(have, have + 200),
      more: userLog.length > have + 200,
      reset: false,
    }),
    'room:open': (request) => ({ roomId: request.roomId, cursorRev: 1, asOfSeq: log.length, cursors: [] }),
    'room:close': () => ({}),
    'cursor:move': ({ seq }) => ({ readSeq: seq }),
    'typing:start': () => ({}),
    'presence:set-visible': () => ({}),
    'presence:watch': () => ({ states: [] }),
    'auth:refresh': () => ({ expiresAt: Date.now() + 1e6 }),
  }

  function syncOf(asked: string, have: number) {
    const mine = log.filter((event) => event.roomId === asked)
    const events = mine.slice(have, have + 200)
    return {
      roomId: asked,
      head: mine.length,
      cursorRev: 1,
      events,
      more: mine.length > have + 200,
      reset: false,
    }
  }

  /** Writes a message once per id, whoever asks how often, and answers its place. */
  function store(request: CommandRequest<'message:send'>, { isPushed }: { isPushed: boolean }) {
    const known = log.find(
      (event) =>
        event.kind === 'message-created' && event.message.clientMessageId === request.clientMessageId,
    )
    const event = known ?? aMessageEvent(log.length + 1, { ...request, authorId: adaId })
    if (!known) log.push(event)
    if (!known && isPushed) push('room:event', event)
    const { seq } = event
    return {
      roomId: request.roomId,
      clientMessageId: request.clientMessageId,
      seq,
      ordinal: seq,
      sentAt: seq,
      repeated: known !== undefined,
    }
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has a port.
  const { port } = http.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    log,
    userLog,
    commands,
    requests,
    connectionIds,
    replaced,
    handlers,
    sockets,
    failure,
    store,
    push,
    /** What reached the room's log, oldest first. */
    texts: () => log.flatMap((event) => (event.kind === 'message-created' ? [event.message.text] : [])),
    countOf: (name: CommandName) => commands.filter((command) => command.name === name).length,
    refreshCount: () => refreshes,
    expireTokens: () => validTokens.clear(),
    set tokenLifeSeconds(seconds: number) {
      tokenLifeSeconds = seconds
    },
    endSession: () => {
      isSessionOver = true
      validTokens.clear()
    },
    refuseHandshakes: (next: Failure | undefined) => {
      handshakeFailure = next
    },
    /** Cuts every connection, as a lost network does. */
    cut: () => {
      for (const socket of sockets) socket.conn.close()
    },
    close: async () => {
      await io.close()
      http.closeAllConnections()
    },
  }
}
export type ContractServer = Awaited<ReturnType<typeof startContractServer>>
