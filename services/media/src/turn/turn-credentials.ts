import { createHmac } from 'node:crypto'

/** How long a credential opens new allocations, in s. */
const lifetimeS = 600

export interface IceServer {
  readonly urls: string[]
  readonly username: string
  readonly credential: string
}

/**
 * Credentials for coturn's `use-auth-secret`: the name says until when and for whom, the password proves that we said
 * so. Empty without TURN.
 */
export function turnCredentials(
  { urls, secret }: { readonly urls: string; readonly secret: string },
  { userId, nowMs }: { readonly userId: string; readonly nowMs: number },
): IceServer[] {
  if (urls === '' || secret === '') return []
  const username = `${Math.floor(nowMs / 1000) + lifetimeS}:${userId}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return [{ urls: urls.split(','), username, credential }]
}
