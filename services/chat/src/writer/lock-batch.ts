import type { Transaction } from '@our-now/platform/database/database.ts'
import { listSent, type SendKey } from '../messages/event-store.ts'
import { listBlockPairs } from '../people/block-store.ts'
import { listMembershipsAmong, listMembershipsOfRooms, lockRooms } from '../rooms/room-store.ts'
import { LockedRoom } from './locked-room.ts'
import { blockPair, sendKey } from './room-changes.ts'
import type { RoomOperation } from './room-operation.ts'

/**
 * Locks the rooms of a batch in id order and reads, in a few queries for all of them, what the operations need: rooms
 * first, so that everything after sees their committed state.
 */
export async function lockBatch(
  trx: Transaction,
  operations: readonly RoomOperation[],
  { at, mayWait }: { at: number; mayWait: boolean },
): Promise<Map<string, LockedRoom>> {
  const roomIds = [...new Set(operations.map(({ roomId }) => roomId))].sort()
  const rows = await lockRooms(trx, roomIds, { mayWait })
  const rooms = new Map(
    roomIds.map((roomId) => [roomId, new LockedRoom(roomId, { trx, at, row: rows.get(roomId) })]),
  )
  await Promise.all([learnMembers(trx, rooms, operations), learnSent(trx, rooms, operations)])
  await learnBlocks(trx, rooms)
  return rooms
}

async function learnMembers(
  trx: Transaction,
  rooms: ReadonlyMap<string, LockedRoom>,
  operations: readonly RoomOperation[],
): Promise<void> {
  const direct = [...rooms.values()].filter((room) => room.find()?.kind === 'direct')
  const wanted = new Map<string, string[]>()
  for (const { roomId, memberIds } of operations) {
    if (rooms.get(roomId)?.find() === undefined) continue
    wanted.set(roomId, [...(wanted.get(roomId) ?? []), ...memberIds])
  }
  for (const room of direct) wanted.delete(room.roomId)
  const [named, both] = await Promise.all([
    listMembershipsAmong(trx, wanted),
    listMembershipsOfRooms(
      trx,
      direct.map((room) => room.roomId),
    ),
  ])
  for (const [roomId, userIds] of wanted) rooms.get(roomId)?.learnMembers([], userIds)
  for (const row of [...named, ...both]) rooms.get(row.room_id)?.learnMembers([row])
}

async function learnBlocks(trx: Transaction, rooms: ReadonlyMap<string, LockedRoom>): Promise<void> {
  const pairs = [...rooms.values()].flatMap((room) => {
    const [a, b] = room.find()?.kind === 'direct' ? room.knownMembers() : []
    if (a === undefined || b === undefined) return []
    return [
      { blockerId: a.user_id, blockedId: b.user_id },
      { blockerId: b.user_id, blockedId: a.user_id },
    ]
  })
  if (pairs.length === 0) return
  const blocks = new Set(
    (await listBlockPairs(trx, pairs)).map(({ blockerId, blockedId }) => blockPair(blockerId, blockedId)),
  )
  for (const room of rooms.values()) room.learnBlocks(blocks)
}

async function learnSent(
  trx: Transaction,
  rooms: ReadonlyMap<string, LockedRoom>,
  operations: readonly RoomOperation[],
): Promise<void> {
  const keys = operations.map(({ send }) => send).filter((send): send is SendKey => send !== undefined)
  for (const row of await listSent(trx, keys)) {
    // Lines that are no messages, but are written once too, have none.
    const { ordinal = 0 } = JSON.parse(row.body) as { ordinal?: number }
    rooms.get(row.room_id)?.stored.set(sendKey(row.author_id, row.client_message_id ?? ''), {
      payloadHash: row.payload_hash,
      seq: row.seq,
      ordinal,
      sentAtMs: row.at_ms,
    })
  }
}
