import type { Failure, Reply } from '@our-now/contracts/errors.ts'
import { cookieRequestHeader } from '@our-now/contracts/rest.ts'
import {
  protocolVersion,
  type CommandName,
  type CommandReply,
  type CommandRequest,
  type ServerEvent,
} from '@our-now/contracts/socket.ts'
import { io, type Socket } from 'socket.io-client'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or undefined when it is none. */
  readonly body: Record<string, unknown> | undefined
}

/** One REST call as a program makes it. */
export async function call(
  url: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  /** True as far as tests look: what answers in JSON answers with an object. */
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined,
  }
}

export interface Person {
  readonly url: string
  readonly userId: string
  readonly sessionId: string
  readonly handle: string
  accessToken: string
  /** `name=value` of the refresh cookie. */
  cookie: string
}

export const password = 'a long enough pass phrase'

/** What a page of the product itself sends along. */
export const pageHeaders = (url: string): Record<string, string> => ({
  origin: url,
  [cookieRequestHeader.name]: cookieRequestHeader.value,
})

/** The refresh cookie of an answer, as it would be sent back. */
export const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''

let lastNumber = 0

export async function signUp(url: string, handle = `person${++lastNumber}`): Promise<Person> {
  const answer = await call(url, 'POST', '/api/auth/register', {
    body: { handle, password, displayName: handle, deviceName: 'test' },
  })
  if (answer.status !== 200) throw new Error(`sign-up failed: ${JSON.stringify(answer.body)}`)
  return toPerson(url, answer)
}

export async function signIn(url: string, handle: string): Promise<Person> {
  const answer = await call(url, 'POST', '/api/auth/sign-in', {
    body: { handle, password, deviceName: 'second' },
  })
  if (answer.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(answer.body)}`)
  return toPerson(url, answer)
}

function toPerson(url: string, answer: Answer): Person {
  /** True because the gateway's replies are checked against the contract. */
  const body = answer.body as unknown as {
    account: { userId: string; handle: string }
    sessionId: string
    accessToken: string
  }
  return {
    url,
    userId: body.account.userId,
    handle: body.account.handle,
    sessionId: body.sessionId,
    accessToken: body.accessToken,
    cookie: cookieOf(answer),
  }
}

/** A REST call with the person's access token. */
export const callAs = (
  person: Person,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  call(person.url, method, path, {
    ...(body === undefined ? {} : { body }),
    headers: { authorization: `Bearer ${person.accessToken}`, ...headers },
  })

export interface Connected {
  readonly socket: Socket
  readonly ready: ServerEvent<'session:ready'>
  /** Every push so far, `[name, payload]`. */
  readonly pushes: readonly (readonly [string, unknown])[]
  pushed<P>(name: string): P[]
  command<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N>>
  /** As `command`, for what may be no command at all. */
  ask(name: string, ...args: unknown[]): Promise<Reply<unknown>>
}

interface ConnectOptions {
  readonly auth?: unknown
  readonly origin?: string | undefined
  readonly path?: string
}

/** A stock client that is not connected yet. */
export function createSocket(url: string, { auth, origin, path = '/socket.io/' }: ConnectOptions): Socket {
  return io(url, {
    path,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    /** True because Socket.IO sends along whatever is given. */
    auth: auth as Record<string, unknown>,
    ...(origin === undefined ? {} : { extraHeaders: { origin } }),
  })
}

/** Resolves when the socket has been closed; call it before what closes it. */
export const closing = ({ socket }: Pick<Connected, 'socket'>): Promise<void> =>
  new Promise((resolve) => {
    socket.once('disconnect', () => resolve())
  })

/** What a handshake is refused with; `transport` when it did not get as far as Socket.IO. */
export function refusalOf(socket: Socket): Promise<Failure | 'transport'> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => reject(new Error('was let in')))
    socket.once('connect_error', (error) => {
      socket.disconnect()
      const data: unknown = Reflect.get(error, 'data')
      /** True because our refusals carry a Failure. */
      resolve(data === undefined ? 'transport' : (data as Failure))
    })
    socket.connect()
  })
}

/** Connects a person with the stock client and waits until the gateway says that it is ready. */
export async function connect(person: Person, extra: Record<string, unknown> = {}): Promise<Connected> {
  const socket = createSocket(person.url, {
    origin: person.url,
    auth: { accessToken: person.accessToken, protocolVersion, ...extra },
  })
  const pushes: (readonly [string, unknown])[] = []
  socket.onAny((name: string, payload: unknown) => pushes.push([name, payload]))
  const ready = await new Promise<ServerEvent<'session:ready'>>((resolve, reject) => {
    socket.once('session:ready', resolve)
    socket.once('connect_error', reject)
    socket.once('disconnect', () => reject(new Error('closed before it was ready')))
    socket.connect()
  })
  const ask = async (name: string, ...args: unknown[]): Promise<Reply<unknown>> => {
    const reply: unknown = await socket.timeout(5_000).emitWithAck(name, ...args)
    /** True because every acknowledgement of the gateway is a Reply. */
    return reply as Reply<unknown>
  }
  return {
    socket,
    ready,
    pushes,
    /** True as far as the test asks for what the contract says of that push. */
    pushed: <P>(name: string) =>
      pushes.flatMap(([pushed, payload]) => (pushed === name ? [payload as P] : [])),
    command: async (name, request) => {
      const reply = await ask(name, request)
      if (!reply.ok) throw Object.assign(new Error(reply.failure.message), reply.failure)
      /** True because the services' replies are checked against the contract. */
      return reply.value as CommandReply<typeof name>
    },
    ask,
  }
}
