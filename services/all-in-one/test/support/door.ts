import type { RestRoute } from '@our-now/contracts/rest.ts'

/** Budgets of a harness that asks more than a person does. They are settings, so it sets them. */
export const unlimited: Readonly<Record<string, string>> = {
  AUTH_TRIES_PER_ADDRESS_PER_MINUTE: '1000000',
  AUTH_REGISTRATIONS_PER_ADDRESS_PER_MINUTE: '1000000',
  ...perSecondAndBurst('USER_CALLS', 'ROUTE_CALLS', 'ADDRESS_CALLS', 'ADDRESS_SIGN_INS', 'USER_COMMANDS'),
  ...perSecondAndBurst(
    'SOCKET_COMMANDS',
    'SOCKET_SENDS',
    'SOCKET_SYNCS',
    'SOCKET_TYPING',
    'SOCKET_JOINS',
    'CONNECTS',
  ),
}

function perSecondAndBurst(...budgets: readonly string[]): Record<string, string> {
  const names = budgets.flatMap((budget) => [`GATEWAY_${budget}_PER_SECOND`, `GATEWAY_${budget}_BURST`])
  return Object.fromEntries(names.map((name) => [name, '1000000']))
}

export interface Answer {
  readonly status: number
  readonly body: object
}

/** The REST door as one signed-in person uses it. */
export interface Door {
  readonly userId: string
  readonly accessToken: string
  call(method: string, path: string, body?: object): Promise<Answer>
  /** Puts the fields where the route wants them: path, query or body. */
  send(route: RestRoute, request: Readonly<Record<string, unknown>>): Promise<Answer>
}

/** Signs a person up and keeps their access token. */
export async function openDoor(url: string, handle: string): Promise<Door> {
  const signUp = { handle, password: 'correct horse battery', displayName: handle, deviceName: 'test' }
  const { status, body } = await ask(url, 'POST', '/api/auth/register', undefined, signUp)
  if (status !== 200) throw new Error(`sign-up answered ${status}: ${JSON.stringify(body)}`)
  /** True because this is register's reply. */
  const { accessToken, account } = body as { accessToken: string; account: { userId: string } }
  const call: Door['call'] = (method, path, sent) => ask(url, method, path, accessToken, sent)
  return {
    userId: account.userId,
    accessToken,
    call,
    send: (route, request) => {
      const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name))
      const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encode(request[name]))
      const rest = Object.entries(request).filter(([name]) => !inPath.has(name))
      if (route.method !== 'GET' && route.method !== 'DELETE')
        return call(route.method, path, Object.fromEntries(rest))
      const query = rest.map(([name, value]) => `${name}=${encode(value)}`).join('&')
      return call(route.method, query === '' ? path : `${path}?${query}`)
    },
  }
}

/** A lone surrogate has no UTF-8 form: in an address it can only be sent as the replacement character. */
const encode = (value: unknown): string => encodeURIComponent(String(value).toWellFormed())

/** One REST call as a page of the product makes it. */
export async function ask(
  url: string,
  method: string,
  path: string,
  token?: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'x-requested-with': 'our-now',
      origin: url,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  try {
    /** True because every answer of the REST door is a JSON object. */
    return { status: response.status, body: JSON.parse(text) as object }
  } catch {
    return { status: response.status, body: { unparsable: text.slice(0, 200) } }
  }
}
