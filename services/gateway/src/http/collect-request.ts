import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { TSchema } from 'typebox'

export interface HttpInput {
  readonly method: string
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/**
 * One request out of path, query and body, not yet checked. Path and query are text: what the schema wants as a number
 * or boolean is read as one if it looks like one. A body may not say again what the path says.
 *
 * @throws {AppError} invalid_request when the body is no object or contradicts the path
 */
export function collectRequest(
  schema: TSchema,
  { method, params, query, body }: HttpInput,
): Record<string, unknown> {
  const fromPath = readTexts(schema, params)
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH'
  const rest = hasBody ? toObject(body === undefined ? {} : body) : readTexts(schema, query)
  for (const name of Object.keys(fromPath))
    if (Object.hasOwn(rest, name)) throw new AppError('invalid_request', undefined, { field: `/${name}` })
  return { ...rest, ...fromPath }
}

function toObject(value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new AppError('invalid_request', 'The body must be an object.', { field: '' })
}

function readTexts(schema: TSchema, texts: unknown): Record<string, unknown> {
  const properties: unknown = Reflect.get(schema, 'properties')
  return Object.fromEntries(
    Object.entries(Object(texts)).map(([name, text]) => [name, toTyped(typeOf(properties, name), text)]),
  )
}

function typeOf(properties: unknown, name: string): unknown {
  const property: unknown = Object.hasOwn(Object(properties), name)
    ? Reflect.get(Object(properties), name)
    : undefined
  return Reflect.get(Object(property), 'type')
}

function toTyped(type: unknown, text: unknown): unknown {
  if (typeof text !== 'string') return text
  if ((type === 'integer' || type === 'number') && /^-?\d{1,16}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
