import type { Line } from '@our-now/client/room-view/timeline.ts'
import type { Friend, MyProfile } from '@our-now/contracts/people.ts'
import type { RoomSummary } from '@our-now/contracts/rooms.ts'

/** The last lines of a room as they were when this device last saw it. */
export interface CachedPage {
  readonly roomId: string
  readonly lines: readonly Line[]
  readonly hasBefore: boolean
  /** The log position that the lines show. */
  readonly liveSeq: number
  readonly savedAtMs: number
}

export interface CachedHome {
  readonly profile?: MyProfile
  readonly rooms: readonly RoomSummary[]
  readonly friends: readonly Friend[]
}

/**
 * What lets the app open at once: the room list and the last page of recently opened rooms, per account on this
 * device. Bounded (200 rooms, 300 friends, 50 pages of 60 lines). A failing storage never stops the app: reads answer
 * `undefined`, writes are given up.
 */
export interface RoomCache {
  open(userId: string): Promise<void>
  loadHome(): Promise<CachedHome | undefined>
  saveHome(home: CachedHome): Promise<void>
  loadPage(roomId: string): Promise<CachedPage | undefined>
  savePage(page: CachedPage): Promise<void>
  /** Empties everything of this account: at sign-out. */
  clear(): Promise<void>
}
