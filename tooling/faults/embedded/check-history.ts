/** What one virtual client saw and was told; positions are seqs. */
export interface ClientHistory {
  readonly name: string
  /** Acknowledged sends: client message id → where it was said to be. */
  readonly acked: ReadonlyMap<string, { readonly roomId: string; readonly seq: number }>
  /** Room → every event applied, in the order of application. */
  readonly applied: ReadonlyMap<string, readonly AppliedEvent[]>
}

export interface AppliedEvent {
  readonly seq: number
  /** Undefined for events that are no messages. */
  readonly clientMessageId: string | undefined
}

/** One row of the room log as it is on disk. */
export interface LoggedRow extends AppliedEvent {
  readonly roomId: string
  readonly authorId: string
}

export interface Verdict {
  readonly acked: number
  readonly lost: number
  readonly duplicated: number
  readonly holes: number
  /** A sentence each, for a person; the first 20. */
  readonly violations: readonly string[]
}

/**
 * Holds the log on disk and what every client saw against the promise: nothing acknowledged is lost, nothing is there
 * twice, no room has a hole, and every client has exactly the log's events in the log's order up to its head.
 */
export function checkHistory(log: readonly LoggedRow[], clients: readonly ClientHistory[]): Verdict {
  const violations: string[] = []
  const rooms = groupByRoom(log)
  const lost = clients.flatMap((client) => lostSends(client, rooms, violations)).length
  const duplicated =
    countTwice(log, violations) + clients.reduce((sum, client) => sum + appliedTwice(client, violations), 0)
  const holes =
    logHoles(rooms, violations) +
    clients.reduce((sum, client) => sum + unlikeLog(client, rooms, violations), 0)
  const acked = clients.reduce((sum, client) => sum + client.acked.size, 0)
  return { acked, lost, duplicated, holes, violations: violations.slice(0, 20) }
}

type Rooms = ReadonlyMap<string, ReadonlyMap<number, LoggedRow>>

function groupByRoom(log: readonly LoggedRow[]): Rooms {
  const rooms = new Map<string, Map<number, LoggedRow>>()
  for (const row of log) {
    const room = rooms.get(row.roomId) ?? new Map<number, LoggedRow>()
    rooms.set(row.roomId, room.set(row.seq, row))
  }
  return rooms
}

function lostSends(client: ClientHistory, rooms: Rooms, violations: string[]): string[] {
  const lost: string[] = []
  for (const [id, { roomId, seq }] of client.acked) {
    if (rooms.get(roomId)?.get(seq)?.clientMessageId === id) continue
    violations.push(`lost: ${client.name} was told that ${id} is at ${seq}`)
    lost.push(id)
  }
  return lost
}

function countTwice(log: readonly LoggedRow[], violations: string[]): number {
  const seen = new Set<string>()
  let twice = 0
  for (const { roomId, authorId, clientMessageId, seq } of log) {
    if (clientMessageId === undefined) continue
    const key = `${roomId} ${authorId} ${clientMessageId}`
    if (seen.has(key)) {
      violations.push(`doubled in the log: ${clientMessageId} again at ${seq}`)
      twice += 1
    }
    seen.add(key)
  }
  return twice
}

function appliedTwice(client: ClientHistory, violations: string[]): number {
  let twice = 0
  for (const events of client.applied.values()) {
    const seqs = new Set<number>()
    for (const { seq } of events) {
      if (seqs.has(seq)) {
        violations.push(`doubled at ${client.name}: ${seq}`)
        twice += 1
      }
      seqs.add(seq)
    }
  }
  return twice
}

function logHoles(rooms: Rooms, violations: string[]): number {
  let holes = 0
  for (const [roomId, room] of rooms) {
    const head = Math.max(...room.keys())
    for (let seq = 1; seq <= head; seq++)
      if (!room.has(seq)) {
        violations.push(`hole in ${roomId}: ${seq}`)
        holes += 1
      }
  }
  return holes
}

/** Events that a client misses between its first and the room's head, or has otherwise than the log. */
function unlikeLog(client: ClientHistory, rooms: Rooms, violations: string[]): number {
  let unlike = 0
  for (const [roomId, events] of client.applied) {
    const room = rooms.get(roomId)
    const [first] = events
    if (room === undefined || first === undefined) continue
    const bySeq = new Map(events.map((event) => [event.seq, event]))
    for (let seq = first.seq; seq <= Math.max(...room.keys()); seq++) {
      if (bySeq.get(seq)?.clientMessageId === room.get(seq)?.clientMessageId && bySeq.has(seq)) continue
      violations.push(
        `${client.name} ${bySeq.has(seq) ? 'has another' : 'misses the'} event ${seq} of ${roomId}`,
      )
      unlike += 1
    }
    const inOrder = events.every((event, index) => index === 0 || event.seq > (events[index - 1]?.seq ?? 0))
    if (!inOrder) {
      violations.push(`${client.name} applied ${roomId} out of order`)
      unlike += 1
    }
  }
  return unlike
}
