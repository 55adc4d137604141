import type { Failure } from '@our-now/contracts/errors.ts'
import { ClientError } from '../client-error.ts'
import type { ApiName } from './api-types.ts'
import { toPictureBody } from './picture-body.ts'
import { restRoutes, type ClientRoute } from './rest-routes.ts'

/** Looking at pictures takes the server up to 10 s; the way there comes on top, in ms. */
const pictureTimeoutMs = 20_000

/** Requests that send the refresh cookie carry this header: a foreign page cannot. Equals the contract's. */
export const cookieHeader = ['x-our-now', '1'] as const

export interface HttpDeps {
  /** The gateway's public address without a slash at the end; '' for the page's own origin. */
  readonly baseUrl: string
  readonly fetch: typeof fetch
  /** After this time a request counts as `timeout`. */
  readonly timeoutMs: number
}

export type SendRequest = (name: ApiName, request: object, accessToken?: string) => Promise<unknown>

/** Sends one REST operation and answers its reply. Throws `ClientError`; `unavailable` when the server was not reached. */
export function createSendRequest({ baseUrl, fetch, timeoutMs }: HttpDeps): SendRequest {
  return async (name, request, accessToken) => {
    const route: ClientRoute = restRoutes[name]
    const { path, rest } = fillPath(route.path, request)
    const { body: sent, query } = toBody(route, rest)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (accessToken !== undefined) headers['authorization'] = `Bearer ${accessToken}`
    if (route.auth === 'cookie') headers[cookieHeader[0]] = cookieHeader[1]
    if (typeof sent === 'string') headers['content-type'] = 'application/json'
    const url = `${baseUrl}${path}${toQuery(query)}`

    const response = await fetch(url, {
      method: route.method,
      headers,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(route.pictures === undefined ? timeoutMs : pictureTimeoutMs),
      ...(sent !== undefined && { body: sent }),
    }).catch((error: unknown) => {
      throw new ClientError(notReached(error))
    })
    const body = await readJson(response)
    if (!response.ok) throw new ClientError(toFailure(response, body))
    return body
  }
}

function fillPath(template: string, request: object): { path: string; rest: [string, unknown][] } {
  const values = new Map<string, unknown>(Object.entries(request))
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = values.get(name)
    values.delete(name)
    return encodeURIComponent(String(value))
  })
  return { path, rest: [...values].filter(([, value]) => value !== undefined) }
}

/** What goes into the body, and what into the query. A Blob says its type itself. */
function toBody(
  { method, pictures }: ClientRoute,
  rest: [string, unknown][],
): { body: string | Blob | undefined; query: [string, unknown][] } {
  if (method === 'GET' || method === 'DELETE') return { body: undefined, query: rest }
  const fields = Object.fromEntries(rest)
  if (pictures === undefined) return { body: JSON.stringify(fields), query: [] }
  const body = toPictureBody(pictures, fields)
  return { body, query: body === fields[pictures] ? rest.filter(([name]) => name !== pictures) : [] }
}

function toQuery(rest: [string, unknown][]): string {
  if (rest.length === 0) return ''
  return `?${new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString()}`
}

function notReached(error: unknown): Failure {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  return isTimeout
    ? { code: 'timeout', message: 'No answer in time.' }
    : { code: 'unavailable', message: 'The server was not reached.' }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw new ClientError(notReached(error))
  })
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's page in front of us: it says nothing about our request.
    throw new ClientError({ code: 'unavailable', message: 'The server was not reached.' })
  }
}

/** Problem+json as our gateway writes it; anything else (a proxy's answer) by its status. */
function toFailure(response: Response, body: unknown): Failure {
  const problem = isRecord(body) ? body : {}
  const { code, detail, title, retryAfterMs, field } = problem
  const waitMs = typeof retryAfterMs === 'number' ? retryAfterMs : retryAfterOf(response)
  return {
    code: typeof code === 'string' ? toCode(code) : codeOfStatus(response.status),
    message: typeof detail === 'string' ? detail : typeof title === 'string' ? title : '',
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    ...(typeof field === 'string' && { field }),
  }
}

/** Codes come from our own server, which may be newer: an unknown one is handled like any failure. */
const toCode = (code: string) => code as Failure['code']

function codeOfStatus(status: number): Failure['code'] {
  if (status === 429) return 'rate_limited'
  if (status === 413) return 'too_large'
  return status >= 502 && status <= 504 ? 'unavailable' : 'internal'
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
