import { errorCodes } from '../../packages/contracts/src/errors.ts'
import {
  clientEvents,
  Handshake,
  protocolVersion,
  serverEvents,
} from '../../packages/contracts/src/socket.ts'

/** The socket as an AsyncAPI 3 document, made from the contracts and from nothing else. */
export function toAsyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Our Now: the socket',
      version: String(protocolVersion),
      description:
        'Socket.IO 4, websocket transport only, default namespace. A command is an event with one argument and an acknowledgement, which is called once with Reply. Pushes are hints: seq and rev repair what is late, doubled or lost.',
    },
    servers: { here: { host: 'localhost:8080', pathname: '/socket.io/', protocol: 'wss' } },
    channels: {
      socket: {
        address: '/',
        bindings: {
          ws: {
            query: { type: 'object', properties: { EIO: { const: '4' }, transport: { const: 'websocket' } } },
          },
        },
        messages: Object.fromEntries([...commandMessages(), ...pushMessages()]),
      },
    },
    operations: Object.fromEntries([...commandOperations(), ...pushOperations()]),
    components: { schemas: { Handshake, Failure: failureSchema() } },
  }
}

const keyOf = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '_')
const messageRef = (key: string): object => ({ $ref: `#/channels/socket/messages/${key}` })

function* commandMessages(): Generator<[string, object]> {
  for (const [name, command] of Object.entries(clientEvents)) {
    yield [keyOf(name), { name, summary: command.summary, payload: command.request }]
    yield [`${keyOf(name)}_reply`, { name: `${name} (acknowledgement)`, payload: replySchema(command.reply) }]
  }
}

function* pushMessages(): Generator<[string, object]> {
  for (const [name, payload] of Object.entries(serverEvents)) yield [keyOf(name), { name, payload }]
}

function* commandOperations(): Generator<[string, object]> {
  for (const [name, command] of Object.entries(clientEvents)) {
    const key = keyOf(name)
    yield [
      `command_${key}`,
      {
        action: 'receive',
        summary: command.summary,
        channel: { $ref: '#/channels/socket' },
        messages: [messageRef(key)],
        reply: { channel: { $ref: '#/channels/socket' }, messages: [messageRef(`${key}_reply`)] },
      },
    ]
  }
}

function* pushOperations(): Generator<[string, object]> {
  for (const name of Object.keys(serverEvents))
    yield [
      `push_${keyOf(name)}`,
      { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [messageRef(keyOf(name))] },
    ]
}

function replySchema(value: unknown): object {
  return {
    oneOf: [
      { type: 'object', required: ['ok', 'value'], properties: { ok: { const: true }, value } },
      {
        type: 'object',
        required: ['ok', 'failure'],
        properties: { ok: { const: false }, failure: { $ref: '#/components/schemas/Failure' } },
      },
    ],
  }
}

function failureSchema(): object {
  return {
    type: 'object',
    required: ['code', 'message'],
    properties: {
      code: { type: 'string', enum: Object.keys(errorCodes) },
      message: { type: 'string' },
      retryAfterMs: { type: 'integer', minimum: 0 },
      field: { type: 'string' },
    },
  }
}
