import { authContract } from '../../packages/contracts/src/auth.ts'
import { chatContract } from '../../packages/contracts/src/chat.ts'
import { errorCodes, type ErrorCode } from '../../packages/contracts/src/errors.ts'
import {
  pictureContentTypes,
  picturesContentType,
  restRoutes,
  type RestRoute,
} from '../../packages/contracts/src/rest.ts'
import { visionContract } from '../../packages/contracts/src/vision.ts'
import type { OperationContract, ServiceContract } from '../../packages/contracts/src/service-contract.ts'

const contracts: Readonly<Record<RestRoute['service'], ServiceContract>> = {
  auth: authContract,
  chat: chatContract,
  vision: visionContract,
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

/** The REST door as an OpenAPI 3.1 document, made from the contracts and from nothing else. */
export function toOpenApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of restRoutes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route, operationOf(route)) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Our Now',
      version: '1',
      description:
        'Everything that is not live goes through here. Live commands and pushes: see the AsyncAPI document beside this one.',
    },
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT (ES256)' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: '__Host-on_refresh' },
      },
      schemas: { Problem: problemSchema() },
    },
  }
}

export function operationOf(route: RestRoute): OperationContract {
  const operation = contracts[route.service][route.operation]
  if (operation === undefined)
    throw new Error(`${route.path}: ${route.service} has no operation ${route.operation}`)
  return operation
}

function toOperation(route: RestRoute, operation: OperationContract): object {
  const { properties = {}, required = [] } = operation.request as ObjectSchema
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const others = Object.keys(properties).filter(
    (name) => !inPath.includes(name) && !isCookieField(route, name),
  )
  const isBody = !['GET', 'DELETE'].includes(route.method)
  const parameter = (name: string, where: 'path' | 'query') => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: properties[name],
  })
  const body = {
    type: 'object',
    additionalProperties: false,
    required: required.filter((name) => others.includes(name)),
    properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
  }
  return {
    operationId: route.operation,
    tags: [route.service],
    summary: operation.summary,
    security: securityOf(route),
    parameters: [
      ...inPath.map((name) => parameter(name, 'path')),
      ...(isBody ? [] : others.map((name) => parameter(name, 'query'))),
    ],
    ...(isBody && others.length > 0
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body }, ...picturesOf(route, properties) },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        content: { 'application/json': { schema: withoutRefreshToken(operation.reply) } },
      },
      default: {
        description: `Failed. Codes of this operation: ${codesOf(route, operation).join(', ')}.`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** How pictures may be sent as they are. */
function picturesOf(route: RestRoute, properties: Readonly<Record<string, unknown>>): object {
  if (route.pictures === undefined) return {}
  const schema = { type: 'string', contentMediaType: 'application/octet-stream' }
  if (Reflect.get(Object(properties[route.pictures]), 'type') === 'array')
    return {
      [picturesContentType]: {
        schema: {
          ...schema,
          description:
            'Parts of a length (4 bytes, big-endian) and as many bytes: first a JSON object of the other fields, then each picture.',
        },
      },
    }
  const picture = { schema: { ...schema, description: 'The picture itself; the other fields in the query.' } }
  return Object.fromEntries(pictureContentTypes.map((type) => [type, picture]))
}

const isCookieField = (route: RestRoute, name: string): boolean =>
  route.auth === 'cookie' && name === 'refreshToken'

function securityOf(route: RestRoute): object[] {
  if (route.auth === 'access') return [{ accessToken: [] }]
  return route.auth === 'cookie' ? [{ refreshCookie: [] }] : []
}

/** The gateway moves the refresh token into the cookie: it never stands in a body. */
function withoutRefreshToken(reply: unknown): unknown {
  const schema = reply as ObjectSchema
  if (schema.properties?.refreshToken === undefined) return reply
  const { refreshToken: _moved, ...properties } = schema.properties
  return { ...schema, properties, required: schema.required?.filter((name) => name !== 'refreshToken') ?? [] }
}

function codesOf(route: RestRoute, operation: OperationContract): ErrorCode[] {
  const general: ErrorCode[] = [
    'invalid_request',
    'rate_limited',
    'overloaded',
    'unavailable',
    'timeout',
    'internal',
  ]
  const access: ErrorCode[] =
    route.auth === 'access' ? ['unauthenticated', 'token_expired', 'session_ended'] : []
  return [...new Set([...(operation.errors ?? []), ...access, ...general])]
}

function problemSchema(): object {
  return {
    type: 'object',
    description: 'RFC 9457 problem details. `code` is stable; `detail` is a sentence for people.',
    required: ['type', 'title', 'status', 'code', 'detail'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: Object.keys(errorCodes) },
      detail: { type: 'string' },
      field: { type: 'string', description: 'JSON pointer of the first offending field.' },
      retryAfterMs: { type: 'integer', minimum: 0 },
    },
  }
}
