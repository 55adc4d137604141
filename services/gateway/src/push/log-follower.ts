import type { Logger } from '@our-now/platform/logging/logger.ts'
import { setTimeout as wait } from 'node:timers/promises'

/** A log that local sockets follow: of a room, or of a user. */
export interface LogFollowerDeps<E> {
  /** What the log is called in log lines. */
  readonly name: string
  readonly seqOf: (event: E) => number
  /** Events (afterSeq, …] in order, at most 500, and the log's head. */
  readonly read: (
    key: string,
    afterSeq: number,
  ) => Promise<{ readonly head: number; readonly events: readonly E[] }>
  /** Hands one event to the sockets. Called in order, without holes and once for each seq. */
  readonly forward: (key: string, event: E) => void
  /** Too much was missed, or the log was restored to this head: the sockets are told it and help themselves. */
  readonly skipTo: (key: string, head: number) => void
  readonly log: Logger
}

/**
 * Follows logs by hints that may be late, doubled, lost or out of order, and forwards every event in order: a hole is
 * read once from where the log is kept, for all sockets together.
 */
export interface LogFollower<E> {
  /**
   * Sockets follow this log from now on; `head` is any head read around the time they joined.
   *
   * @returns whether it was not followed before; following it twice is harmless
   */
  readonly track: (key: string, head: number) => boolean
  readonly untrack: (key: string) => void
  /** Pushed events. */
  readonly note: (key: string, events: readonly E[]) => void
  /** A head heard of: what is missing up to there will be fetched. */
  readonly noteHead: (key: string, head: number) => void
  /** A head read from where the log is kept: below what was forwarded, the log is asked whether it was restored. */
  readonly compare: (key: string, head: number) => void
  /** Up to where everything was forwarded; undefined when the log is not followed. */
  readonly findForwarded: (key: string) => number | undefined
  readonly keys: () => string[]
  readonly stop: () => void
}

interface Followed<E> {
  forwarded: number
  head: number
  /** Events beyond a hole, by seq. */
  readonly held: Map<number, { readonly event: E; readonly bytes: number }>
  isRepairing: boolean
  /** Something looked as if the log ended before `forwarded`: it is read to find out. */
  isDoubted: boolean
}

/** A push overtaken by its successor usually comes within this, in ms; then nothing needs to be read. */
const graceMs = 30
const maxHeldPerLog = 256
const maxHeldBytes = 64 * 1024 * 1024
/** Beyond this many missed events sockets help themselves. */
const maxRepaired = 1_000
const maxBackoffMs = 5_000

export function createLogFollower<E>(deps: LogFollowerDeps<E>): LogFollower<E> {
  const logs = new Map<string, Followed<E>>()
  const stopping = new AbortController()
  let heldBytes = 0

  function advance(key: string, followed: Followed<E>, event: E): void {
    followed.forwarded = deps.seqOf(event)
    deps.forward(key, event)
  }

  /** Forwards what follows on without a hole. */
  function release(key: string, followed: Followed<E>): void {
    for (;;) {
      const next = followed.held.get(followed.forwarded + 1)
      if (next === undefined) return
      drop(followed, followed.forwarded + 1)
      advance(key, followed, next.event)
    }
  }

  function take(key: string, followed: Followed<E>, event: E): void {
    const seq = deps.seqOf(event)
    followed.head = Math.max(followed.head, seq)
    if (seq === followed.forwarded + 1) {
      drop(followed, seq)
      advance(key, followed, event)
      release(key, followed)
    } else if (seq > followed.forwarded) hold(followed, seq, event)
  }

  /** What finds no place is read again when its turn comes. */
  function hold(followed: Followed<E>, seq: number, event: E): void {
    if (followed.held.has(seq) || followed.held.size >= maxHeldPerLog) return
    const bytes = JSON.stringify(event).length
    if (heldBytes + bytes > maxHeldBytes) return
    heldBytes += bytes
    followed.held.set(seq, { event, bytes })
  }

  function drop(followed: Followed<E>, seq: number): void {
    heldBytes -= followed.held.get(seq)?.bytes ?? 0
    followed.held.delete(seq)
  }

  function dropUpTo(followed: Followed<E>, seq: number): void {
    for (const held of followed.held.keys()) if (held <= seq) drop(followed, held)
  }

  const isWanted = (key: string, followed: Followed<E>): boolean =>
    logs.get(key) === followed && (followed.isDoubted || followed.forwarded < followed.head)

  function repairIfBehind(key: string, followed: Followed<E>): void {
    if (followed.isRepairing || !isWanted(key, followed) || stopping.signal.aborted) return
    followed.isRepairing = true
    // `repair` does not reject.
    void repair(key, followed)
  }

  async function repair(key: string, followed: Followed<E>): Promise<void> {
    try {
      await repairHoles(key, followed)
    } finally {
      followed.isRepairing = false
      // What was heard of after the last look and before this line.
      repairIfBehind(key, followed)
    }
  }

  async function repairHoles(key: string, followed: Followed<E>): Promise<void> {
    let failures = 0
    for (let pauseMs = graceMs; ;) {
      if (!(await pause(pauseMs)) || !isWanted(key, followed)) return
      if (followed.head - followed.forwarded > maxRepaired) return skip(key, followed, followed.head)
      try {
        await fetchHole(key, followed)
        failures = 0
        pauseMs = 0
      } catch (error) {
        failures += 1
        pauseMs = Math.min(maxBackoffMs, 100 * 2 ** failures) * (0.5 + Math.random() / 2)
        deps.log.warn(
          { err: error, log: deps.name, key, afterSeq: followed.forwarded },
          'hole could not be read',
        )
      }
    }
  }

  async function fetchHole(key: string, followed: Followed<E>): Promise<void> {
    const afterSeq = followed.forwarded
    const { head, events } = await deps.read(key, afterSeq)
    if (logs.get(key) !== followed) return
    followed.isDoubted = false
    // What was forwarded had been committed: a log that ends before it is not the one it was.
    if (head < afterSeq) return rewind(key, followed, head)
    if (events.length > 0)
      deps.log.info({ log: deps.name, key, afterSeq, count: events.length }, 'hole repaired')
    followed.head = Math.max(followed.head, head)
    for (const event of events) take(key, followed, event)
    // Nothing there that was heard of: it was never committed, or the log is another one than it was.
    if (followed.forwarded === afterSeq) followed.head = Math.max(afterSeq, Math.min(followed.head, head))
    if (followed.forwarded === afterSeq && followed.head > afterSeq)
      throw new Error('the log has a hole itself')
  }

  function skip(key: string, followed: Followed<E>, head: number): void {
    deps.log.warn({ log: deps.name, key, from: followed.forwarded, to: head }, 'too much missed, skipped')
    followed.forwarded = head
    dropUpTo(followed, head)
    deps.skipTo(key, head)
    release(key, followed)
  }

  function rewind(key: string, followed: Followed<E>, head: number): void {
    deps.log.warn({ log: deps.name, key, from: followed.forwarded, to: head }, 'the log was restored')
    dropUpTo(followed, Infinity)
    followed.forwarded = head
    followed.head = head
    deps.skipTo(key, head)
  }

  async function pause(ms: number): Promise<boolean> {
    try {
      if (ms > 0) await wait(ms, undefined, { signal: stopping.signal, ref: false })
      return !stopping.signal.aborted
    } catch {
      // Only ever aborted: the gateway stops.
      return false
    }
  }

  function noteHead(key: string, head: number): void {
    const followed = logs.get(key)
    if (followed === undefined) return
    followed.head = Math.max(followed.head, head)
    repairIfBehind(key, followed)
  }

  function doubt(key: string, followed: Followed<E>): void {
    followed.isDoubted = true
    repairIfBehind(key, followed)
  }

  return {
    track(key, head) {
      noteHead(key, head)
      if (logs.has(key)) return false
      logs.set(key, { forwarded: head, head, held: new Map(), isRepairing: false, isDoubted: false })
      return true
    },
    untrack(key) {
      const followed = logs.get(key)
      if (followed === undefined) return
      dropUpTo(followed, Infinity)
      logs.delete(key)
    },
    note(key, events) {
      const followed = logs.get(key)
      if (followed === undefined) return
      const isAllKnown = events.every((event) => deps.seqOf(event) <= followed.forwarded)
      for (const event of events) take(key, followed, event)
      // A late repeat, mostly; but a restored log gives the same seqs to other events.
      if (isAllKnown) doubt(key, followed)
      else repairIfBehind(key, followed)
    },
    noteHead,
    compare(key, head) {
      const followed = logs.get(key)
      if (followed !== undefined && head < followed.forwarded) doubt(key, followed)
      else noteHead(key, head)
    },
    findForwarded: (key) => logs.get(key)?.forwarded,
    keys: () => [...logs.keys()],
    stop: () => stopping.abort(),
  }
}
