/** Beyond this many events behind a hole the buffer is given up: the sync brings them anyway. */
const maxBuffered = 500

/**
 * Where one log stands: `have` is the highest position up to which every event was handed on. Events beyond a hole
 * wait here; repeats fall away. Before `start` everything is only kept.
 */
export interface LogTrack<E extends { readonly seq: number }> {
  have(): number | undefined
  /** The highest position that is known to exist; above `have`: something is missing. */
  head(): number
  /** Events that can be handed on now, in order and without a hole. */
  accept(events: readonly E[]): E[]
  /** Learns that the log goes up to here. */
  noteHead(seq: number): void
  /** Begins at this position, or begins anew. Answers what waited right behind it. */
  restart(have: number): E[]
}

export function createLogTrack<E extends { readonly seq: number }>(): LogTrack<E> {
  let have: number | undefined
  let head = 0
  let waiting = new Map<number, E>()

  function drain(): E[] {
    const ready: E[] = []
    if (have === undefined) return ready
    for (let next = waiting.get(have + 1); next; next = waiting.get(have + 1)) {
      waiting.delete(next.seq)
      have = next.seq
      ready.push(next)
    }
    return ready
  }

  return {
    have: () => have,
    head: () => head,
    accept: (events) => {
      for (const event of events) {
        head = Math.max(head, event.seq)
        if (have !== undefined && event.seq <= have) continue
        waiting.set(event.seq, event)
      }
      const ready = drain()
      if (waiting.size > maxBuffered) waiting = new Map()
      return ready
    },
    noteHead: (seq) => {
      head = Math.max(head, seq)
    },
    restart: (seq) => {
      // What was said of it before it began is newer than the list that it begins with; anew, it is of another time.
      head = Math.max(have === undefined ? head : 0, seq, ...waiting.keys())
      have = seq
      for (const known of waiting.keys()) if (known <= seq) waiting.delete(known)
      return drain()
    },
  }
}
