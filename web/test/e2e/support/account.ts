import { cookieRequestHeader } from '@our-now/contracts/rest.ts'
import type { RoomSummary, SentMessage } from '@our-now/contracts/rooms.ts'
import { randomUUID } from 'node:crypto'
import type { APIRequestContext } from 'playwright-core'

/** Everybody's. */
export const password = 'correct horse battery'

/** The API as one person uses it: to set a scene, never for what a test is about. */
export interface Account {
  readonly userId: string
  readonly handle: string
  readonly addFriend: (other: Account) => Promise<void>
  readonly openDirectRoom: (other: Account) => Promise<RoomSummary>
  readonly createGroup: (others: readonly Account[], name?: string) => Promise<RoomSummary>
  readonly send: (roomId: string, text: string) => Promise<SentMessage>
  readonly renameRoom: (roomId: string, name: string) => Promise<void>
  readonly leaveRoom: (roomId: string) => Promise<void>
  readonly inviteMember: (roomId: string, other: Account) => Promise<void>
  readonly block: (other: Account, level: 'messages' | 'profile') => Promise<void>
  readonly removeMember: (roomId: string, other: Account) => Promise<void>
  readonly updateProfile: (profile: { displayName?: string; statusMessage?: string }) => Promise<void>
}

interface SignedIn {
  readonly account: { readonly userId: string }
  readonly accessToken: string
}

/** Signs up within the browser profile of `request`: its pages are signed in from then on. */
export async function signUp(
  request: APIRequestContext,
  url: string,
  { handle, name }: { readonly handle: string; readonly name: string },
): Promise<Account> {
  const body = { handle, password, displayName: name, deviceName: 'API' }
  const signedIn = await post<SignedIn>(request, url, '/api/auth/register', body)
  return toAccount(url, handle, signedIn)
}

/** Another device of the same person. */
export async function signIn(request: APIRequestContext, url: string, handle: string): Promise<void> {
  await post(request, url, '/api/auth/sign-in', { handle, password, deviceName: 'API' })
}

/** Two people who have each other as friends. */
export async function makeFriends(...accounts: readonly Account[]): Promise<void> {
  for (const one of accounts) for (const other of accounts) if (one !== other) await one.addFriend(other)
}

function toAccount(url: string, handle: string, { account, accessToken }: SignedIn): Account {
  const call = async <Reply>(method: string, path: string, body?: object): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        origin: url,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    /** True because the contract says what each route answers. */
    return (text === '' ? {} : JSON.parse(text)) as Reply
  }
  return {
    userId: account.userId,
    handle,
    addFriend: async ({ userId }) => void (await call('PUT', `/api/friends/${userId}`)),
    openDirectRoom: ({ userId }) => call('PUT', `/api/direct-rooms/${userId}`),
    createGroup: (others, name) =>
      call('POST', '/api/rooms', { userIds: others.map((other) => other.userId), ...(name && { name }) }),
    send: (roomId, text) =>
      call('POST', `/api/rooms/${roomId}/messages`, { text, clientMessageId: randomUUID() }),
    renameRoom: async (roomId, name) => void (await call('PATCH', `/api/rooms/${roomId}`, { name })),
    leaveRoom: async (roomId) => void (await call('POST', `/api/rooms/${roomId}/leave`, { isQuiet: true })),
    inviteMember: async (roomId, { userId }) =>
      void (await call('POST', `/api/rooms/${roomId}/members`, { userIds: [userId] })),
    block: async ({ userId }, level) => void (await call('PUT', `/api/blocks/${userId}`, { level })),
    removeMember: async (roomId, { userId }) =>
      void (await call('DELETE', `/api/rooms/${roomId}/members/${userId}`)),
    updateProfile: async (profile) => void (await call('PATCH', '/api/me', profile)),
  }
}

async function post<Reply>(
  request: APIRequestContext,
  url: string,
  path: string,
  data: object,
): Promise<Reply> {
  const headers = { origin: url, [cookieRequestHeader.name]: cookieRequestHeader.value }
  const response = await request.post(url + path, { data, headers })
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`)
  /** True because the contract says what each route answers. */
  return (await response.json()) as Reply
}
