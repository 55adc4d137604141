import { ClientError } from '@our-now/client/client-error.ts'
import { mergePage } from '@our-now/client/room-view/merge-page.ts'
import { emptyTimeline, type Line } from '@our-now/client/room-view/timeline.ts'
import { hash } from 'node:crypto'
import type { ClientView } from '../history.ts'
import type { VirtualClient } from './virtual-client.ts'

const pageLines = 40

/** What a client holds of each of its rooms beside a fresh read of the same lines. */
export async function viewRooms(one: VirtualClient, allRoomIds: readonly string[]): Promise<ClientView[]> {
  const views: ClientView[] = []
  for (const roomId of allRoomIds) views.push(await viewRoom(one, roomId))
  return views
}

async function viewRoom(one: VirtualClient, roomId: string): Promise<ClientView> {
  const base = { client: one.name, userId: one.userId, roomId }
  const held = one.copies.timeline(roomId)
  if (held === undefined) return { ...base, isMember: false, have: 0, reducedHash: '', freshHash: '' }
  const page = await one.client.api.listMessages({ roomId, limit: pageLines }).catch(toNothing)
  const have = one.client.rooms.have(roomId) ?? 0
  // It shows a room that it is not in: nobody has told it.
  if (page === undefined)
    return { ...base, isMember: true, have, reducedHash: 'shown', freshHash: 'no member' }
  const fresh = mergePage(emptyTimeline(roomId, page.asOfSeq), { kind: 'newest' }, page)
  // Both windows, cut to what both show.
  const from = Math.max(held.lines[0]?.seq ?? Infinity, fresh.lines[0]?.seq ?? Infinity)
  return {
    ...base,
    isMember: true,
    have,
    reducedHash: hashOfLines(held.lines, from),
    freshHash: hashOfLines(fresh.lines, from),
  }
}

function toNothing(error: unknown): undefined {
  if (error instanceof ClientError && error.code === 'room_not_found') return undefined
  throw error
}

/** Names in old notices are as they were then; positions, kinds and words are compared. */
function hashOfLines(lines: readonly Line[], from: number): string {
  const shown = lines
    .filter(({ seq }) => seq >= from)
    .map((line) =>
      line.kind === 'message'
        ? [line.seq, line.message.clientMessageId, line.message.text, line.message.deletedAt ?? 0]
        : [line.seq, line.event.kind],
    )
  return `${shown.length}:${hash('sha1', JSON.stringify(shown), 'base64').slice(0, 12)}`
}
