import type { Message, RoomCursors, RoomEvent } from '@our-now/contracts/rooms.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { TimelinePage } from '../../src/room-view/merge-page.ts'

interface ModelMember {
  joinedSeq: number
  readSeq: number
}

/** A person of the model: a small number made into an id. */
const person = (n: number): Profile => ({
  userId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  handle: `person${n}`,
  displayName: `Person ${n}`,
  statusMessage: '',
})

const roomId = '00000000-0000-7000-8000-00000000aaaa'

/**
 * The server's half of one room, as slow and plain as can be: the whole log, every membership, every reader of every
 * message kept one by one. What the client counts cleverly is compared with this.
 */
export function createRoomModel(founders: readonly number[]) {
  const log: RoomEvent[] = []
  const members = new Map<string, ModelMember>()
  /** Who has to read each message: written down when it is stored. */
  const audience = new Map<number, Set<string>>()
  let ordinal = 0
  let cursorRev = 0
  const base = () => ({ roomId, seq: log.length + 1, at: log.length + 1 })

  function append(event: RoomEvent): RoomEvent {
    log.push(event)
    return event
  }
  const messages = new Map<number, Message>()

  append({
    ...base(),
    actorId: person(founders[0] ?? 0).userId,
    kind: 'room-created',
    roomKind: 'group',
    members: founders.map(person),
  })
  for (const n of founders) members.set(person(n).userId, { joinedSeq: 0, readSeq: 0 })

  return {
    roomId,
    log,
    head: () => log.length,
    isMember: (n: number) => members.has(person(n).userId),
    message(seq: number): Message | undefined {
      return messages.get(seq)
    },
    messages: () => [...messages.values()],

    send(n: number): void {
      const { userId } = person(n)
      if (!members.has(userId)) return
      ordinal += 1
      const { seq, at } = base()
      const clientMessageId = `00000000-0000-7000-9000-${String(seq).padStart(12, '0')}`
      const message = {
        roomId,
        seq,
        ordinal,
        authorId: userId,
        clientMessageId,
        sentAt: at,
        text: `message ${seq}`,
      }
      messages.set(seq, message)
      audience.set(seq, new Set([...members.keys()].filter((id) => id !== userId)))
      append({ ...base(), actorId: userId, kind: 'message-created', message })
    },
    join(n: number): void {
      const profile = person(n)
      if (members.has(profile.userId)) return
      const event = append({ ...base(), actorId: profile.userId, kind: 'members-joined', members: [profile] })
      members.set(profile.userId, { joinedSeq: event.seq - 1, readSeq: event.seq - 1 })
    },
    leave(n: number, reason: 'left' | 'quiet' | 'removed'): void {
      const profile = person(n)
      if (!members.has(profile.userId)) return
      append({ ...base(), actorId: profile.userId, kind: 'member-left', member: profile, reason })
      members.delete(profile.userId)
      // Whoever leaves drops out of every number; coming back does not bring the old messages back.
      for (const readers of audience.values()) readers.delete(profile.userId)
    },
    remove(seq: number): void {
      const message = messages.get(seq)
      if (!message || message.deletedAt !== undefined) return
      const event = append({ ...base(), actorId: message.authorId, kind: 'message-deleted', targetSeq: seq })
      messages.set(seq, { ...message, text: '', deletedAt: event.at })
    },
    rename(n: number): void {
      append({ ...base(), actorId: person(n).userId, kind: 'room-renamed', name: `Room ${log.length}` })
    },
    /** A read up to `seq`: the move to push, or nothing when the cursor stands. */
    read(n: number, seq: number) {
      const { userId } = person(n)
      const member = members.get(userId)
      const to = Math.min(seq, log.length)
      if (!member || to <= member.readSeq) return undefined
      const from = member.readSeq
      member.readSeq = to
      for (const [at, readers] of audience) if (at <= to) readers.delete(userId)
      cursorRev += 1
      return {
        roomId,
        cursorRev,
        fromRev: cursorRev - 1,
        moves: [{ userId, joinedSeq: member.joinedSeq, from, to, count: 1 }],
      }
    },

    /** Rule by rule: who still has to read this message. */
    unread(seq: number): number {
      return messages.get(seq)?.deletedAt === undefined ? (audience.get(seq)?.size ?? 0) : 0
    },
    cursors(): RoomCursors {
      const cursors = [...members].map(([userId, member]) => ({ userId, ...member }))
      return { roomId, cursorRev, asOfSeq: log.length, cursors }
    },
    histogram(): RoomCursors {
      const histogram = [...members.values()].map((member) => ({ ...member, count: 1 }))
      return { roomId, cursorRev, asOfSeq: log.length, histogram }
    },
    /** A page of history, as `listMessages` answers it. */
    page(at: { before?: number; after?: number; around?: number }, limit: number): TimelinePage {
      const all = [...messages.values()]
      const to = (page: Message[]): TimelinePage => {
        const from = page[0]?.seq ?? at.before ?? at.after ?? 0
        const end = page.at(-1)?.seq ?? at.after ?? at.before ?? Infinity
        const hasBefore = all.some((message) => message.seq < from)
        const hasAfter = all.some((message) => message.seq > end)
        const low = at.after ?? (hasBefore ? from : 0)
        const high = at.before ?? (hasAfter ? end : Infinity)
        const isBetween = (event: RoomEvent) => event.seq >= low && event.seq <= high
        const notices = log.filter((event) => isBetween(event) && !event.kind.startsWith('message-'))
        return { messages: page, notices, asOfSeq: log.length, hasBefore, hasAfter }
      }
      const { before, after, around } = at
      if (before !== undefined) return to(all.filter((message) => message.seq < before).slice(-limit))
      if (after !== undefined) return to(all.filter((message) => message.seq > after).slice(0, limit))
      if (around !== undefined) {
        const index = all.findIndex((message) => message.seq >= around)
        const middle = index < 0 ? all.length : index
        const start = Math.max(0, middle - Math.floor(limit / 2))
        return to(all.slice(start, start + limit))
      }
      return to(all.slice(-limit))
    },
  }
}
