import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { v7 as uuidv7 } from 'uuid'

type Heads = Awaited<ReturnType<ChatApi['recentHeads']>>
type RoomHead = Heads['rooms'][number]
type UserHead = Heads['users'][number]

/**
 * What this replica committed for in the last 30 s. Gateways ask every 2 s and so find the lost push that no later
 * event would reveal; the cost follows activity, not the number of rooms.
 */
export interface RecentHeads {
  /** Remembers a room's head after its commit. Heads only move up; an older one is ignored. */
  noteRoom(head: RoomHead): void
  noteUser(head: UserHead): void
  /**
   * Something may have been committed that is not noted here: to whoever asks this is a new start, so they look at the
   * database themselves.
   */
  beginAnew(): void
  /** Heads noted after `since` of the same epoch; all kept ones for a caller without. */
  recentHeads(request: { epoch?: string; since?: number }): Heads
}

interface Noted<H> {
  readonly head: H
  readonly position: number
  readonly atMs: number
}

/** @param keepMs  How long a head is remembered, in ms. Default 30 000. */
export function createRecentHeads({
  clock,
  keepMs = 30_000,
}: {
  clock: Clock
  keepMs?: number
}): RecentHeads {
  let started = uuidv7()
  // A Map keeps insertion order and a note re-inserts, so the oldest stand first and forgetting stops early.
  const rooms = new Map<string, Noted<RoomHead>>()
  const users = new Map<string, Noted<UserHead>>()
  let position = 0
  let forgottenPosition = 0

  function note<H>(kept: Map<string, Noted<H>>, id: string, head: H): void {
    kept.delete(id)
    kept.set(id, { head, position: ++position, atMs: clock.now() })
    forget(kept)
  }

  function forget<H>(kept: Map<string, Noted<H>>): void {
    const oldestMs = clock.now() - keepMs
    for (const [id, noted] of kept) {
      if (noted.atMs >= oldestMs) return
      kept.delete(id)
      forgottenPosition = Math.max(forgottenPosition, noted.position)
    }
  }

  return {
    noteRoom(head) {
      const known = rooms.get(head.roomId)?.head
      note(rooms, head.roomId, known === undefined ? head : highestOf(known, head))
    },

    noteUser(head) {
      const known = users.get(head.userId)?.head
      note(users, head.userId, known !== undefined && known.head > head.head ? known : head)
    },

    beginAnew() {
      started = uuidv7()
    },

    recentHeads({ epoch, since = 0 }) {
      forget(rooms)
      forget(users)
      // A caller of this start who stayed away longer than heads are kept may have missed some: a new epoch tells it.
      const isCurrent = epoch?.startsWith(started) === true
      const missedSome = isCurrent && since < forgottenPosition
      const from = isCurrent && !missedSome ? since : 0
      return {
        epoch: isCurrent && !missedSome ? epoch : `${started}.${position}`,
        position,
        rooms: notedAfter(rooms, from),
        users: notedAfter(users, from),
      }
    },
  }
}

function highestOf(a: RoomHead, b: RoomHead): RoomHead {
  return {
    roomId: a.roomId,
    head: Math.max(a.head, b.head),
    membershipRev: Math.max(a.membershipRev, b.membershipRev),
    cursorRev: Math.max(a.cursorRev, b.cursorRev),
  }
}

function notedAfter<H>(kept: ReadonlyMap<string, Noted<H>>, position: number): H[] {
  return [...kept.values()].filter((noted) => noted.position > position).map((noted) => noted.head)
}
