import type { RoomEvent, SendMessage, SentMessage } from '@our-now/contracts/rooms.ts'
import { v7 as uuidV7 } from 'uuid'
import type { OutboxEntry } from '../client.ts'
import { ClientError } from '../client-error.ts'
import type { OutboxStore } from '../storage/client-storage.ts'
import type { TabChannel, Tabs } from '../tabs/tabs.ts'
import { jittered, type Timing } from '../timing.ts'
import { maxMessageBytes, wireBytes } from './message-size.ts'
import { isUnanswered, toSendOutcome } from './send-outcome.ts'

/** More than anybody writes offline by hand. Beyond it `send` refuses instead of filling the device. */
const maxEntries = 1_000

export interface OutboxDeps {
  readonly userId: string
  readonly store: OutboxStore
  readonly tabs: Tabs
  readonly timing: Timing
  readonly now: () => number
  readonly isOnline: () => boolean
  readonly send: (message: SendMessage) => Promise<SentMessage>
  /** The server no longer takes the token: resolves when the connection has a new one. */
  readonly renew: () => Promise<void>
  readonly onChange: (entries: readonly OutboxEntry[]) => void
  readonly onSent: (roomId: string, seq: number) => void
  readonly onStorageFailed: () => void
}

export interface Outbox {
  send(roomId: string, text: string): Promise<OutboxEntry>
  retry(clientMessageId: string): Promise<void>
  discard(clientMessageId: string): Promise<void>
  entries(): readonly OutboxEntry[]
  /** Sends what waits, as far as it may go out now. Called when a connection is ready. */
  drain(): void
  /** Room events were handed on: messages of mine among them have arrived, acknowledged or not. */
  confirm(roomId: string, events: readonly RoomEvent[]): void
  close(): Promise<void>
}

/**
 * Messages on their way. Each is kept on the device under one client message id until it is acknowledged or seen in
 * the room's log; per room one is in flight, in writing order. Several tabs share the store: whoever holds the lock
 * sends, the others are told.
 */
export async function openOutbox(deps: OutboxDeps): Promise<Outbox> {
  const { store, tabs, timing, now } = deps
  let entries: readonly OutboxEntry[] = []
  const failures = new Map<string, number>()
  /** Messages with a try that got no answer: the local instant of the last one. */
  const unansweredMs = new Map<string, number>()
  /** Messages of which this page knows every try: written, or tried, here. */
  const known = new Set<string>()
  /** Rooms that wait before their next try, until this local instant. */
  const waitUntilMs = new Map<string, number>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  /** Being written or removed right now (how many times), and what the device refused to keep at all. */
  const writing = new Map<string, number>()
  const unkept = new Set<string>()
  /** For each reading of the store that goes on: what was written since it began. */
  const readings = new Set<Set<string>>()
  /** Rooms whose queue goes out at the moment. */
  const sending = new Set<string>()
  let wake = (): void => undefined
  let isDraining = false
  let isAskedAgain = false
  let isClosed = false
  const name = `our-now:outbox:${deps.userId}`
  const channel: TabChannel = tabs.openChannel(name, () => void reload().then(drain))

  function show(next: readonly OutboxEntry[]): void {
    entries = next
    if (!isClosed) deps.onChange(entries)
  }

  function patch(clientMessageId: string, change: (entry: OutboxEntry) => OutboxEntry | undefined): void {
    show(
      entries.flatMap((entry) => (entry.clientMessageId === clientMessageId ? (change(entry) ?? []) : entry)),
    )
  }

  /**
   * The store is the truth about what is unsent; what is in flight or just sent here is known only here. So is what is
   * written while the store is being read: the list may be from before it.
   */
  async function reload(): Promise<void> {
    const written = new Set([...writing.keys(), ...unkept])
    readings.add(written)
    const listed = await store.list().catch(() => undefined)
    readings.delete(written)
    if (!listed || isClosed) return
    const kept = listed.filter((entry) => !written.has(entry.clientMessageId))
    const mine = new Map(entries.map((entry) => [entry.clientMessageId, entry]))
    const merged = kept.map((entry) => {
      const shown = mine.get(entry.clientMessageId)
      return shown && (shown.state === 'sending' || shown.state === 'sent') ? shown : entry
    })
    const ids = new Set(kept.map((entry) => entry.clientMessageId))
    const onlyHere = entries.filter(
      ({ clientMessageId, state }) =>
        written.has(clientMessageId) || (state === 'sent' && !ids.has(clientMessageId)),
    )
    show([...merged, ...onlyHere].toSorted((a, b) => a.position - b.position))
  }

  async function write(clientMessageId: string, act: () => Promise<void>): Promise<void> {
    writing.set(clientMessageId, (writing.get(clientMessageId) ?? 0) + 1)
    for (const written of readings) written.add(clientMessageId)
    try {
      await act()
    } finally {
      const left = (writing.get(clientMessageId) ?? 1) - 1
      if (left > 0) writing.set(clientMessageId, left)
      else writing.delete(clientMessageId)
    }
  }

  async function keep(entry: OutboxEntry): Promise<void> {
    try {
      await write(entry.clientMessageId, () => store.put(entry))
      unkept.delete(entry.clientMessageId)
      channel.post('changed')
    } catch {
      // Goes on from memory: losing it with the page is better than not sending at all, and it is said.
      unkept.add(entry.clientMessageId)
      for (const written of readings) written.add(entry.clientMessageId)
      deps.onStorageFailed()
    }
  }

  async function forget(clientMessageId: string): Promise<void> {
    unkept.delete(clientMessageId)
    unansweredMs.delete(clientMessageId)
    known.delete(clientMessageId)
    await write(clientMessageId, () => store.remove(clientMessageId)).catch(() => deps.onStorageFailed())
    channel.post('changed')
  }

  /** Rooms go on side by side: one that gets no answer holds up no other. */
  async function drainAll(): Promise<void> {
    await reload()
    while (isAskedAgain || sending.size > 0) {
      if (isAskedAgain) {
        isAskedAgain = false
        const queued = entries.filter(({ state, roomId }) => state === 'queued' && !sending.has(roomId))
        for (const roomId of new Set(queued.map((entry) => entry.roomId))) void sendRoom(roomId)
      }
      if (sending.size > 0) await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  function drain(): void {
    isAskedAgain = true
    wake()
    if (isDraining || isClosed) return
    isDraining = true
    // The lock is refused only to a page that is going away: the next one drains.
    void tabs
      .withLock(name, drainAll)
      .catch(() => undefined)
      .finally(() => {
        isDraining = false
        if (isAskedAgain && deps.isOnline()) drain()
      })
  }

  /** Sends the room's queue in order until it is empty, has to wait, or the connection is gone. */
  async function sendRoom(roomId: string): Promise<void> {
    sending.add(roomId)
    try {
      for (;;) {
        const next = entries.find((entry) => entry.roomId === roomId && entry.state === 'queued')
        if (!next || isClosed || !deps.isOnline() || (waitUntilMs.get(roomId) ?? 0) > now()) return
        if (!(await sendOne(next))) return
      }
    } finally {
      sending.delete(roomId)
      wake()
    }
  }

  /** Answers whether the room may go on. */
  async function sendOne(entry: OutboxEntry): Promise<boolean> {
    const { clientMessageId, roomId, text } = entry
    // Another tab, or this one before it was loaded again, may have tried a moment ago, and took the answer with it.
    if (!known.has(clientMessageId)) unansweredMs.set(clientMessageId, now())
    known.add(clientMessageId)
    patch(clientMessageId, (shown) => ({ ...shown, state: 'sending' }))
    try {
      const { seq } = await deps.send({ roomId, clientMessageId, text })
      failures.delete(roomId)
      patch(clientMessageId, (shown) => ({ ...shown, state: 'sent', seq }))
      await forget(clientMessageId)
      deps.onSent(roomId, seq)
      return true
    } catch (error) {
      // Seen in the room's log meanwhile: it arrived, only the acknowledgement was lost.
      if (!entries.some((shown) => shown.clientMessageId === clientMessageId && shown.state === 'sending'))
        return true
      return unsent(entry, error)
    }
  }

  async function unsent(entry: OutboxEntry, error: unknown): Promise<boolean> {
    const { clientMessageId, roomId } = entry
    const outcome = toSendOutcome(error)
    if (isUnanswered(error)) unansweredMs.set(clientMessageId, now())
    const openMs = stillOpenMs(clientMessageId)
    if (outcome.kind === 'failed' && openMs > 0) {
      // An earlier try may yet be carried out. What came after it in the meantime would stand before it, and its author
      // would be told of a failure that was none: asked again when that is over, the answer is the truth.
      patch(clientMessageId, (shown) => ({ ...shown, state: 'queued' }))
      wait(roomId, openMs)
      return false
    }
    if (outcome.kind === 'failed') {
      unansweredMs.delete(clientMessageId)
      const failed: OutboxEntry = { ...entry, state: 'failed', failure: outcome.failure }
      patch(clientMessageId, () => failed)
      await keep(failed)
      return true
    }
    patch(clientMessageId, (shown) => ({ ...shown, state: 'queued' }))
    if (outcome.kind === 'renew') await deps.renew().catch(() => undefined)
    const failed = (failures.get(roomId) ?? 0) + 1
    failures.set(roomId, failed)
    const backoffMs = jittered(timing.retryFirstMs / 2, timing.retryFirstMs, timing.retryCapMs, failed - 1)
    const atLeastMs = outcome.kind === 'retry' ? outcome.waitAtLeastMs : 0
    wait(roomId, Math.max(backoffMs, atLeastMs))
    return false
  }

  /** For how long a try of this message that got no answer may still be carried out, in ms; 0: there is none. */
  function stillOpenMs(clientMessageId: string): number {
    const sinceMs = unansweredMs.get(clientMessageId)
    // A clock that was set back makes nobody wait longer.
    return sinceMs === undefined ? 0 : Math.min(timing.tryLifeMs, sinceMs + timing.tryLifeMs - now())
  }

  function wait(roomId: string, ms: number): void {
    waitUntilMs.set(roomId, now() + ms)
    const timer = setTimeout(() => {
      timers.delete(timer)
      waitUntilMs.delete(roomId)
      if (deps.isOnline()) drain()
    }, ms)
    timers.add(timer)
  }

  await reload()
  return {
    send: async (roomId, text) => {
      if (entries.length >= maxEntries)
        throw new ClientError({ code: 'overloaded', message: 'Too many messages are waiting to be sent.' })
      const createdAtMs = now()
      const position = Math.max(createdAtMs * 1_000, (entries.at(-1)?.position ?? 0) + 1)
      const entry: OutboxEntry = {
        clientMessageId: uuidV7(),
        roomId,
        text,
        createdAtMs,
        position,
        ...(wireBytes(text) > maxMessageBytes
          ? { state: 'failed', failure: 'message_too_long' }
          : { state: 'queued' }),
      }
      known.add(entry.clientMessageId)
      show([...entries, entry])
      await keep(entry)
      drain()
      return entry
    },
    retry: async (clientMessageId) => {
      const failed = entries.find((entry) => entry.clientMessageId === clientMessageId)
      if (failed?.state !== 'failed') return
      // That it failed was said when no try was open any more.
      known.add(clientMessageId)
      const { failure: _, ...rest } = failed
      const queued: OutboxEntry = { ...rest, state: 'queued' }
      patch(clientMessageId, () => queued)
      await keep(queued)
      drain()
    },
    discard: async (clientMessageId) => {
      const entry = entries.find((each) => each.clientMessageId === clientMessageId)
      // In flight it cannot be called back: it will be acknowledged or fail in a moment.
      if (!entry || entry.state === 'sending' || entry.state === 'sent') return
      patch(clientMessageId, () => undefined)
      await forget(clientMessageId)
    },
    entries: () => entries,
    drain: () => {
      waitUntilMs.clear()
      failures.clear()
      drain()
    },
    confirm: (roomId, events) => {
      const arrived = new Set<string>()
      for (const event of events)
        if (event.kind === 'message-created' && event.message.authorId === deps.userId)
          arrived.add(event.message.clientMessageId)
      const head = events.at(-1)?.seq ?? 0
      const isOver = (entry: OutboxEntry) =>
        entry.roomId === roomId &&
        (arrived.has(entry.clientMessageId) || (entry.state === 'sent' && (entry.seq ?? Infinity) <= head))
      const over = entries.filter(isOver)
      if (over.length === 0) return
      show(entries.filter((entry) => !isOver(entry)))
      for (const entry of over) if (entry.state !== 'sent') void forget(entry.clientMessageId)
    },
    close: async () => {
      isClosed = true
      for (const timer of timers) clearTimeout(timer)
      channel.close()
      await store.close()
    },
  }
}
