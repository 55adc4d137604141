import type { ErrorCode } from '@our-now/contracts/errors.ts'
import type { Client, CurrentSession, SessionChange } from '../client.ts'
import { ClientError, codeOf } from '../client-error.ts'
import type { ApiReply } from '../http/api-types.ts'
import type { SendRequest } from '../http/send-request.ts'
import type { ClientStorage } from '../storage/client-storage.ts'
import type { Tabs } from '../tabs/tabs.ts'
import { jittered, type Timing } from '../timing.ts'
import { renewAtMs, toAccessToken, type AccessToken } from './access-token.ts'

export interface SessionDeps {
  readonly send: SendRequest
  readonly storage: ClientStorage
  readonly tabs: Tabs
  readonly timing: Timing
  readonly deviceName: string
  readonly now: () => number
  readonly onChange: (change: SessionChange) => void
  /** A new token for the socket, before the old one ends. */
  readonly onRenewed: (accessToken: string) => void
}

export interface SessionKeeper {
  readonly api: Client['session']
  /** A token that is good for a while. Throws `session_ended` when signed out, `unavailable` without a network. */
  readonly accessToken: () => Promise<string>
  /** A token other than this one, which the server no longer takes. */
  readonly renewToken: (expired: string) => Promise<string>
  /** The server said that the session is over. */
  readonly end: () => Promise<void>
  readonly close: () => void
}

/** These answers to a refresh mean that nobody is signed in; all others leave the session as it is. */
const overCodes: readonly ErrorCode[] = [
  'session_ended',
  'unauthenticated',
  'token_expired',
  'credentials_wrong',
]

/** Keeps one device signed in: the refresh token in the cookie, the access token in memory and renewed in time. */
export function createSession(deps: SessionDeps): SessionKeeper {
  const { send, storage, tabs, timing, deviceName, now, onChange, onRenewed } = deps
  let current: CurrentSession | undefined
  let token: AccessToken | undefined
  let renewing: Promise<AccessToken> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isClosed = false
  const channel = tabs.openChannel('our-now:session', (message) => {
    if (message === 'signed-out') void leave('signed-out', false)
  })

  function signedIn(reply: ApiReply<'refresh'>): Promise<CurrentSession> {
    keep(reply)
    return enter(reply)
  }

  async function enter(reply: ApiReply<'refresh'>): Promise<CurrentSession> {
    const session = { account: reply.account, sessionId: reply.sessionId }
    const isNew = current?.account.userId !== session.account.userId
    current = session
    await storage.saveSession(session).catch(() => undefined)
    if (isNew) onChange({ status: 'signed-in', session, displayName: reply.displayName })
    return session
  }

  function keep(reply: ApiReply<'refresh'>): AccessToken {
    const fresh = toAccessToken(reply.accessToken, now())
    token = fresh
    failures = 0
    plan(Math.max(1_000, renewAtMs(fresh) - now()))
    return fresh
  }

  function plan(waitMs: number): void {
    clearTimeout(timer)
    if (isClosed) return
    timer = setTimeout(
      () => {
        void renew().then(
          (fresh) => onRenewed(fresh.value),
          () => undefined,
        )
      },
      Math.min(waitMs, 2 ** 31 - 1),
    )
    unref(timer)
  }

  /** One renewal at a time, over all tabs: the refresh token changes with each, and an old one ends the session. */
  function renew(): Promise<AccessToken> {
    renewing ??= tabs
      .withLock('our-now:refresh', async () => toReply(await send('refresh', {})))
      .then(
        async (reply) => {
          const hasChangedHands = current !== undefined && current.account.userId !== reply.account.userId
          if (hasChangedHands) await leave('signed-out', false)
          const fresh = keep(reply)
          await enter(reply)
          return fresh
        },
        async (error: unknown) => {
          if (overCodes.includes(codeOf(error))) {
            await leave('ended', false)
            throw new ClientError({ code: 'session_ended', message: 'This device was signed out.' })
          }
          failures += 1
          plan(jittered(timing.retryFirstMs, timing.reconnectFirstMs, timing.reconnectCapMs, failures))
          throw error
        },
      )
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }

  async function leave(reason: 'ended' | 'signed-out', isTold: boolean): Promise<void> {
    clearTimeout(timer)
    const wasSignedIn = current !== undefined
    const gone = current ?? (await storage.loadSession().catch(() => undefined))
    current = undefined
    token = undefined
    if (!gone) return
    if (isTold) channel.post('signed-out')
    // First told, so that nobody writes any more, then emptied.
    if (wasSignedIn) onChange({ status: 'signed-out', reason })
    await storage.clear(gone.account.userId).catch(() => undefined)
  }

  async function restore(): Promise<CurrentSession | undefined> {
    try {
      await renew()
      return current
    } catch (error) {
      if (codeOf(error) === 'session_ended') return undefined
      // No network: go on as who was here last, from what this device keeps, until the server is reached.
      const last = await storage.loadSession().catch(() => undefined)
      if (!last) return undefined
      current = last
      onChange({ status: 'signed-in', session: last, displayName: last.account.handle })
      return last
    }
  }

  return {
    api: {
      restore,
      register: async (request) => signedIn(toReply(await send('register', { ...request, deviceName }))),
      signIn: async (request) => {
        const outcome = toSignInOutcome(await send('signIn', { ...request, deviceName }))
        return 'pendingToken' in outcome ? outcome : signedIn(outcome)
      },
      completeSignIn: async (request) => signedIn(toReply(await send('completeSignIn', request))),
      completeSignInByFace: async (request) => {
        const outcome = toFaceOutcome(await send('completeSignInByFace', request))
        return 'status' in outcome ? outcome : signedIn(outcome)
      },
      signOut: async () => {
        // The cookie can only be taken back by the server: without it this device would be signed in again at reload.
        await tabs.withLock('our-now:refresh', () => send('signOut', {}))
        await leave('signed-out', true)
      },
      current: () => current,
    },
    accessToken: async () => {
      if (token && now() < renewAtMs(token)) return token.value
      const usable = token && now() < token.expiresAtMs - 5_000 ? token.value : undefined
      try {
        return (await renew()).value
      } catch (error) {
        // Renewal is only due, not overdue: an unreachable auth service must not stop the chat yet.
        if (usable !== undefined && current) return usable
        throw error
      }
    },
    renewToken: async (expired) => {
      if (token && token.value !== expired) return token.value
      const fresh = await renew()
      onRenewed(fresh.value)
      return fresh.value
    },
    end: () => leave('ended', false),
    close: () => {
      isClosed = true
      clearTimeout(timer)
      channel.close()
    },
  }
}

/** The reply as the contract promises it; our own server is trusted to keep to it. */
const toReply = (reply: unknown) => reply as ApiReply<'refresh'>
/** As above. */
const toSignInOutcome = (reply: unknown) => reply as ApiReply<'signIn'>
/** As above. */
const toFaceOutcome = (reply: unknown) => reply as ApiReply<'completeSignInByFace'>

/** In Node a waiting renewal must not keep a process alive; browsers number their timers. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
