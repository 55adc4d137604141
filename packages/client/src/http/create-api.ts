import { ClientError } from '../client-error.ts'
import type { Api, ApiName } from './api-types.ts'
import { restRoutes, type ClientRoute } from './rest-routes.ts'
import type { SendRequest } from './send-request.ts'

export interface ApiDeps {
  readonly send: SendRequest
  /** A token that is good for some time yet; makes a new one when needed. */
  readonly accessToken: () => Promise<string>
  /** A new token after the server called this one expired. */
  readonly renewToken: (expired: string) => Promise<string>
}

/** One function per REST operation. A token that ended on the way is renewed and the request sent once more. */
export function createApi({ send, accessToken, renewToken }: ApiDeps): Api {
  async function call(name: ApiName, request: object): Promise<unknown> {
    const route: ClientRoute = restRoutes[name]
    if (route.auth) return send(name, request)
    const token = await accessToken()
    try {
      return await send(name, request, token)
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'token_expired') throw error
      return send(name, request, await renewToken(token))
    }
  }
  const names = Object.keys(restRoutes)
  const api = Object.fromEntries(
    names.map((name) => [name, (request: object = {}) => call(name as ApiName, request)]),
  )
  // The names are those of the table that the type is made from; the replies are what the contract promises.
  return api as Api
}
