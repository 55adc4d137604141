import type { ClientView, FinalState, HistoryLine, StoredEvent, StoredMember } from '../../history.ts'

/** One thing that happens in a made-up run. People are u1, u2 …, each with one device c1, c2 …; rooms are r1, r2 … */
export type Step =
  | { readonly do: 'send' | 'join' | 'leave' | 'read' | 'sync'; readonly who: number; readonly room: number }
  /** A send whose answer was lost; its message was written or not. */
  | {
      readonly do: 'send-unanswered'
      readonly who: number
      readonly room: number
      readonly isStored: boolean
    }

export interface GoodRun {
  readonly lines: HistoryLine[]
  readonly final: FinalState
}

export const people = 3
export const rooms = 2

interface Room {
  readonly roomId: string
  readonly events: StoredEvent[]
  readonly members: Map<number, StoredMember>
  ordinal: number
}

/** Everybody says something in each room, one leaves and comes back, one answer is lost, somebody reads. */
const usualSteps: readonly Step[] = [
  { do: 'send', who: 1, room: 1 },
  { do: 'send', who: 2, room: 1 },
  { do: 'send', who: 2, room: 1 },
  { do: 'leave', who: 3, room: 1 },
  { do: 'send', who: 1, room: 1 },
  { do: 'sync', who: 2, room: 1 },
  { do: 'join', who: 3, room: 1 },
  { do: 'send-unanswered', who: 3, room: 1, isStored: true },
  { do: 'read', who: 1, room: 1 },
  { do: 'send', who: 3, room: 1 },
  { do: 'send', who: 1, room: 2 },
  { do: 'send', who: 3, room: 2 },
  { do: 'sync', who: 1, room: 2 },
]

const stepMs = 100

/** A run in which every promise is kept: its history and what it leaves behind. */
export function goodRun(steps: readonly Step[] = usualSteps): GoodRun {
  const lines: HistoryLine[] = []
  let t = 0
  let ops = 0
  const phase = (name: 'warm-up' | 'faults' | 'healed' | 'quiesced' | 'end'): void =>
    void lines.push({ t: (t += stepMs), f: 'phase', phase: name })
  const sample = (): void =>
    void lines.push({ t, f: 'sample', process: 'mariadb', rssKiB: 1_000, fds: 50, cpuMs: t, connections: 10 })
  const by = (who: number) => ({ client: `c${who}`, userId: `u${who}` })
  const everybody = Array.from({ length: people }, (_, index) => index + 1)
  const all = Array.from({ length: rooms }, (_, index) => openRoom(`r${index + 1}`))

  phase('warm-up')
  for (const who of everybody) lines.push({ t, ...by(who), f: 'connected' })
  for (const { roomId } of all)
    for (const who of everybody) lines.push({ t, ...by(who), f: 'follow', roomId, have: 1 })
  sample()
  phase('faults')
  lines.push({ t, f: 'fault', type: 'start', fault: 'f1', kind: 'kill', target: 'redis' })
  for (const step of steps) take(step)
  lines.push({ t, f: 'fault', type: 'stop', fault: 'f1', kind: 'kill', target: 'redis' })
  phase('healed')
  phase('quiesced')
  sample()
  phase('end')
  return { lines, final: finish() }

  function openRoom(roomId: string): Room {
    const members = new Map(
      everybody.map((who) => [who, { roomId, userId: `u${who}`, joinedSeq: 1, readSeq: 1, readOrdinal: 0 }]),
    )
    const opened: Room = { roomId, events: [], members, ordinal: 0 }
    append(opened, { kind: 'room-created', authorId: 'u1', subjects: everybody.map((who) => `u${who}`) })
    return opened
  }

  function append(room: Room, event: Partial<StoredEvent> & Pick<StoredEvent, 'kind'>): number {
    const seq = room.events.length + 1
    const none = { authorId: undefined, clientMessageId: undefined, hash: undefined, ordinal: undefined }
    room.events.push({ ...none, subjects: [], roomId: room.roomId, seq, ...event })
    return seq
  }

  /** All present members are pushed it at once. */
  function show({ roomId, events, members }: Room): void {
    const event = events.at(-1)
    if (event === undefined) return
    for (const who of members.keys())
      lines.push({
        t: t + 2,
        ...by(who),
        f: 'deliver',
        roomId,
        seq: event.seq,
        kind: event.kind,
        ...(event.authorId !== undefined && { actorId: event.authorId }),
        ...(event.clientMessageId !== undefined && { id: event.clientMessageId }),
        ...(event.hash !== undefined && { hash: event.hash }),
      })
  }

  function take(step: Step): void {
    t += stepMs
    const room = all[step.room - 1]
    if (room === undefined || room.members.has(step.who) === (step.do === 'join')) return
    if (step.do === 'send') send(room, step.who, 'stored')
    else if (step.do === 'send-unanswered') send(room, step.who, step.isStored ? 'unanswered' : 'unstored')
    else if (step.do === 'read') read(room, step.who)
    else if (step.do === 'sync') sync(room, step.who)
    else moveMember(room, step.who, step.do)
  }

  function send(room: Room, who: number, outcome: 'stored' | 'unanswered' | 'unstored'): void {
    const op = `${++ops}`
    const { roomId } = room
    const [id, hash] = [`m${op}`, `h${op}`]
    const line = { ...by(who), op, f: 'send', roomId, id, hash } as const
    lines.push({ t, type: 'invoke', ...line })
    if (outcome !== 'stored')
      lines.push({ t: t + 50, type: 'info', ...line, code: 'timeout', isRetryable: true })
    if (outcome === 'unstored') return
    room.ordinal += 1
    const seq = append(room, {
      kind: 'message-created',
      authorId: `u${who}`,
      clientMessageId: id,
      hash,
      ordinal: room.ordinal,
    })
    read(room, who)
    if (outcome === 'stored') lines.push({ t: t + 1, type: 'ok', ...line, seq })
    show(room)
  }

  /** Who writes has read. */
  function read(room: Room, who: number): void {
    const member = room.members.get(who)
    if (member === undefined) return
    room.members.set(who, { ...member, readSeq: room.events.length, readOrdinal: room.ordinal })
  }

  function sync({ roomId, events }: Room, who: number): void {
    const line = { ...by(who), op: `${++ops}`, f: 'sync', roomId } as const
    lines.push({ t, type: 'invoke', ...line, have: 1 })
    lines.push({ t: t + 1, type: 'ok', ...line, seq: events.length, head: events.length })
  }

  function moveMember(room: Room, who: number, way: 'join' | 'leave'): void {
    const { roomId } = room
    const userId = `u${who}`
    const kind = way === 'join' ? 'members-joined' : 'member-left'
    const seq = append(room, { kind, authorId: userId, subjects: [userId] })
    if (way === 'leave') {
      room.members.delete(who)
      lines.push({ t: t + 1, ...by(who), f: 'removed', roomId })
    }
    show(room)
    if (way === 'leave') return
    room.members.set(who, { roomId, userId, joinedSeq: seq, readSeq: seq, readOrdinal: room.ordinal })
    lines.push({ t: t + 3, ...by(who), f: 'follow', roomId, have: seq })
  }

  function finish(): FinalState {
    const events = all.flatMap((room) => room.events)
    const messages = events.filter(({ kind }) => kind === 'message-created')
    return {
      rooms: all.map(({ roomId, events: own, ordinal }) => ({
        roomId,
        lastSeq: own.length,
        lastOrdinal: ordinal,
      })),
      events,
      members: all.flatMap(({ members }) => [...members.values()]),
      outboxLeft: 0,
      topic: events.map(({ roomId, seq }) => ({ partition: 0, roomId, seq })),
      effects: {
        messages: messages.map((message) => ({ ...message, isDeleted: false })),
        memberCounts: Object.fromEntries(all.map(({ roomId, members }) => [roomId, members.size])),
      },
      views: all.flatMap((room) => everybody.map((who) => viewOf(room, who))),
    }
  }

  function viewOf({ roomId, events, members }: Room, who: number): ClientView {
    const isMember = members.has(who)
    const have = isMember ? events.length : 0
    return { ...by(who), roomId, isMember, have, reducedHash: 'same', freshHash: 'same' }
  }
}
