import type { ServerEvent, ServerEventName } from '@our-now/contracts/socket.ts'
import type { Client, ClientEvents, CurrentSession, SessionChange } from './client.ts'
import { ClientError } from './client-error.ts'
import { createConnection } from './connection/create-connection.ts'
import { createEmitter } from './emitter.ts'
import { createRoomFollower } from './gap-repair/create-room-follower.ts'
import { createUserFollower } from './gap-repair/create-user-follower.ts'
import { createApi } from './http/create-api.ts'
import { createSendRequest } from './http/send-request.ts'
import { openOutbox, type Outbox } from './outbox/create-outbox.ts'
import { createPresenceWatch } from './presence/create-presence-watch.ts'
import { createOpenRooms } from './rooms/create-open-rooms.ts'
import { createReadCursors } from './rooms/create-read-cursors.ts'
import { createSession } from './session/create-session.ts'
import type { ClientStorage, OutboxStore } from './storage/client-storage.ts'
import { createMemoryStorage } from './storage/memory-storage.ts'
import { createSingleTab, type Tabs } from './tabs/tabs.ts'
import { defaultTiming, type Timing } from './timing.ts'

export interface ClientOptions {
  /** The gateway's public address without a slash at the end; '' in a page for its own origin. */
  readonly baseUrl: string
  /** What this person's device list says. */
  readonly deviceName: string
  /** Default: memory. Pages give IndexedDB. Closed by the client. */
  readonly storage?: ClientStorage
  /** Default: alone. Pages give `createBrowserTabs()`. */
  readonly tabs?: Tabs
  readonly timing?: Partial<Timing>
  /** Outside of browsers: one that keeps cookies (`createCookieFetch`). */
  readonly fetch?: typeof fetch
  /** Extra headers of the socket's handshake; outside of browsers only. */
  readonly headers?: Readonly<Record<string, string>>
  /** In a page: tells when the network or the person comes back. Answers how to stop. */
  readonly watchPage?: (told: PageSigns) => () => void
  /** Local clock in milliseconds. */
  readonly now?: () => number
}

/** What a page tells its client. */
export interface PageSigns {
  /** The network is back, or somebody looks again: waiting makes no sense any more. */
  readonly retryNow: () => void
  readonly setVisible: (isVisible: boolean) => void
}

/**
 * The client's half of the delivery contract: what is sent is kept until it is acknowledged, what was missed is fetched,
 * and everything is handed on in order, each once. Connects by itself while somebody is signed in. Close it.
 */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, deviceName, now = Date.now } = options
  const timing: Timing = { ...defaultTiming, ...options.timing }
  const storage = options.storage ?? createMemoryStorage()
  const tabs = options.tabs ?? createSingleTab()
  const { on, emit } = createEmitter<ClientEvents>()
  const fetching = options.fetch ?? globalThis.fetch.bind(globalThis)
  const send = createSendRequest({ baseUrl, fetch: fetching, timeoutMs: timing.requestMs })
  let outbox: Outbox | undefined
  let opening: Promise<Outbox> | undefined
  let isStorageLost = false
  let isClosed = false

  const session = createSession({
    send,
    storage,
    tabs,
    timing,
    deviceName,
    now,
    onChange: sessionChanged,
    onRenewed: (accessToken) => {
      // The socket's own token: if this fails it is closed by the server and comes back with the new one.
      if (isOnline()) void connection.command('auth:refresh', { accessToken }).catch(() => undefined)
    },
  })
  const connection = createConnection({
    baseUrl,
    timing,
    now,
    ...(options.headers && { headers: options.headers }),
    accessToken: session.accessToken,
    renewToken: session.renewToken,
    onEnded: () => void session.end(),
    onState: (state) => emit('connection-changed', state),
    onReady: (ready) => {
      user.catchUp(ready.userHead)
      rooms.catchUp()
      openRooms.resume()
      cursors.resume()
      presence.resume()
      outbox?.drain()
    },
    onPush: (name, payload) => pushes[name]?.(payload as never),
  })
  const isOnline = () => connection.state().state === 'online'
  const { command } = connection
  const user = createUserFollower({
    timing,
    emit,
    isOnline,
    sync: (request) => command('user:sync', request),
  })
  const rooms = createRoomFollower({
    timing,
    emit,
    isOnline,
    sync: (request) => command('room:sync', request),
  })
  const openRooms = createOpenRooms({
    timing,
    now,
    isOnline,
    command,
    onCursors: (loaded) => emit('cursors-loaded', loaded),
  })
  const cursors = createReadCursors({ timing, isOnline, move: (request) => command('cursor:move', request) })
  const presence = createPresenceWatch({
    isOnline,
    command,
    onState: (state) => emit('presence-changed', state),
  })
  const pushes: { readonly [N in ServerEventName]?: (payload: ServerEvent<N>) => void } = {
    'room:event': rooms.receive,
    'user:event': user.receive,
    'room:heads': rooms.compare,
    'cursors:moved': (moved) => emit('cursors-moved', moved),
    'typing:started': (typing) => emit('typing-started', typing),
    'presence:changed': (state) => emit('presence-changed', state),
    'call:changed': (changed) => emit('call-changed', changed),
    'call:event': (event) => emit('call-event', event),
    'lobby:changed': (changed) => emit('lobby-changed', changed),
    'call:knocked': (knocked) => emit('call-knocked', knocked),
  }
  const offRoomEvents = on('room-events', ({ roomId, events }) => outbox?.confirm(roomId, events))
  const stopWatching = options.watchPage?.({ retryNow: connection.retryNow, setVisible: presence.setVisible })

  function sessionChanged(change: SessionChange): void {
    if (change.status === 'signed-in') begin(change.session)
    else leave()
    emit('session-changed', change)
  }

  function begin({ account }: CurrentSession): void {
    opening = openFor(account.userId)
    void take(opening)
    connection.start()
  }

  async function take(mine: Promise<Outbox>): Promise<void> {
    const opened = await mine
    // Signed out before the device's storage was open.
    if (mine !== opening) return opened.close()
    outbox = opened
    emit('outbox-changed', { entries: opened.entries() })
    if (isOnline()) opened.drain()
  }

  function leave(): void {
    connection.stop()
    for (const part of [user, rooms, openRooms, cursors, presence]) part.clear()
    void outbox?.close()
    outbox = undefined
    opening = undefined
  }

  async function openFor(userId: string): Promise<Outbox> {
    return openOutbox({
      userId,
      store: await storage.openOutbox(userId).catch(openInMemory),
      tabs,
      timing,
      now,
      isOnline,
      send: (message) => command('message:send', message),
      renew: async () => {
        const accessToken = await session.accessToken()
        await command('auth:refresh', { accessToken })
      },
      onChange: (entries) => emit('outbox-changed', { entries }),
      onSent: rooms.noteHead,
      onStorageFailed: storageLost,
    })
  }

  /** The browser keeps nothing for us (a private window, a full disk): goes on in memory, and says so once. */
  function storageLost(): void {
    if (!isStorageLost) emit('storage-failed', undefined)
    isStorageLost = true
  }

  function openInMemory(): Promise<OutboxStore> {
    storageLost()
    return createMemoryStorage().openOutbox('')
  }

  async function theOutbox(): Promise<Outbox> {
    if (!opening) throw new ClientError({ code: 'unauthenticated', message: 'Sign in first.' })
    return opening
  }

  return {
    api: createApi({ send, accessToken: session.accessToken, renewToken: session.renewToken }),
    session: session.api,
    connection: { state: connection.state, retryNow: connection.retryNow },
    command,
    outbox: {
      send: async (roomId, text) => (await theOutbox()).send(roomId, text),
      retry: async (clientMessageId) => (await theOutbox()).retry(clientMessageId),
      discard: async (clientMessageId) => (await theOutbox()).discard(clientMessageId),
      entries: (roomId) =>
        (outbox?.entries() ?? []).filter((entry) => roomId === undefined || entry.roomId === roomId),
    },
    rooms: {
      follow: rooms.follow,
      unfollow: rooms.unfollow,
      restart: rooms.restart,
      have: rooms.have,
      open: openRooms.open,
      close: openRooms.close,
      reloadCursors: openRooms.reload,
      markRead: cursors.markRead,
      noteTyping: openRooms.noteTyping,
    },
    user: { follow: user.follow, restart: user.restart, have: user.have },
    presence: { watch: presence.watch, setVisible: presence.setVisible },
    on,
    close: async () => {
      if (isClosed) return
      isClosed = true
      stopWatching?.()
      offRoomEvents()
      leave()
      session.close()
      await storage.close().catch(() => undefined)
    },
  }
}
