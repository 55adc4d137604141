import type { Client, ClientEventName, ClientEvents, CurrentSession } from '@our-now/client/client.ts'
import { ClientError } from '@our-now/client/client-error.ts'
import type { Api, ApiName } from '@our-now/client/http/api-types.ts'
import { adaId } from './builders.ts'

type Answers = { [N in ApiName]?: Api[N] }

/**
 * The network's stand-in for tests of the store: REST answers are given by the test, everything else is only noted.
 * The client itself is tested in its own package against a real server.
 */
export function createFakeClient(answers: Answers = {}) {
  const handlers = new Map<string, Set<(payload: never) => void>>()
  const calls: { name: string; args: readonly unknown[] }[] = []
  const positions = new Map<string, number>()
  const session: CurrentSession = {
    account: { userId: adaId, handle: adaId, isOperator: false, createdAt: 1 },
    sessionId: 's',
  }
  const note =
    (name: string) =>
    (...args: readonly unknown[]) => {
      calls.push({ name, args })
    }
  const refuse = () => Promise.reject(new ClientError({ code: 'unavailable', message: '' }))
  const api = new Proxy(answers, {
    get: (known, name: ApiName) => (request: never) => {
      calls.push({ name, args: [request] })
      const answer = known[name]
      return answer ? answer(request) : refuse()
    },
  })

  const client: Client = {
    // A proxy answers every operation, known to the test or not.
    api: api as Api,
    session: {
      restore: async () => session,
      register: async () => session,
      signIn: async () => session,
      completeSignIn: async () => session,
      completeSignInByFace: async () => session,
      signOut: async () => undefined,
      current: () => session,
    },
    connection: { state: () => ({ state: 'online' }), retryNow: note('retryNow') },
    command: refuse,
    outbox: { send: refuse, retry: refuse, discard: refuse, entries: () => [] },
    rooms: {
      follow: (rooms) => {
        calls.push({ name: 'follow', args: [rooms] })
        for (const { roomId, have } of rooms) if (!positions.has(roomId)) positions.set(roomId, have)
      },
      unfollow: (roomId) => {
        calls.push({ name: 'unfollow', args: [roomId] })
        positions.delete(roomId)
      },
      restart: note('restart'),
      have: (roomId) => positions.get(roomId),
      open: note('open'),
      close: note('close'),
      reloadCursors: note('reloadCursors'),
      markRead: note('markRead'),
      noteTyping: note('noteTyping'),
    },
    user: { follow: note('user.follow'), restart: note('user.restart'), have: () => undefined },
    presence: { watch: note('watch'), setVisible: note('setVisible') },
    on: (event, handler) => {
      const known = handlers.get(event) ?? new Set()
      known.add(handler)
      handlers.set(event, known)
      return () => known.delete(handler)
    },
    close: async () => undefined,
  }

  function tell<N extends ClientEventName>(event: N, payload: ClientEvents[N]): void {
    if (event === 'room-events') {
      // Positions move before listeners hear, as in the real client.
      const { roomId, events } = payload as ClientEvents['room-events']
      positions.set(roomId, events.at(-1)?.seq ?? 0)
    }
    for (const handler of handlers.get(event) ?? []) handler(payload as never)
  }

  return {
    client,
    calls,
    tell,
    session,
    argsOf: (name: string) => calls.filter((call) => call.name === name).map((call) => call.args),
  }
}
