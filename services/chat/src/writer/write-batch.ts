import type { UserEvent } from '@our-now/contracts/user-events.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database, Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LoggedEvent } from '@our-now/platform/event-log/event-log.ts'
import { appendToOutbox } from '@our-now/platform/event-log/outbox.ts'
import { insertRoomEvents } from '../messages/event-store.ts'
import { insertMessages } from '../messages/message-store.ts'
import { deleteMemberships, insertRooms, putMemberships, updateRooms } from '../rooms/room-store.ts'
import { lockBatch } from './lock-batch.ts'
import type { LockedRoom } from './locked-room.ts'
import type { Outcome, RoomOperation } from './room-operation.ts'
import { tellUsers } from './tell-users.ts'

export interface WrittenBatch {
  /** In the order of the operations. */
  readonly outcomes: readonly Outcome[]
  readonly rooms: readonly LockedRoom[]
  readonly userEvents: readonly UserEvent[]
}

/**
 * Runs the operations in one transaction: lock, decide in memory in order of arrival, write in multi-row statements,
 * commit. What it returns is durable.
 *
 * @param mayWait  false: fail at once, with an error that is `isLockedOut`, when somebody else holds one of the rooms.
 */
export function writeBatch(
  { database, clock }: { database: Database; clock: Clock },
  operations: readonly RoomOperation[],
  { mayWait = true }: { mayWait?: boolean } = {},
): Promise<WrittenBatch> {
  return database.transaction(async (trx) => {
    const at = clock.now()
    const locked = await lockBatch(trx, operations, { at, mayWait })
    const outcomes: Outcome[] = []
    for (const operation of operations) {
      const room = locked.get(operation.roomId)
      if (room === undefined) throw new Error('an operation without its locked room')
      outcomes.push(await decide(operation, room))
    }
    const rooms = [...locked.values()]
    // Sent at once they run in this order and cost one wait; what users are told reads what the rooms wrote.
    const [, , userEvents] = await Promise.all([
      writeRooms(trx, rooms),
      appendToOutbox(trx, toLoggedEvents(rooms), at),
      tellUsers(trx, rooms, at),
    ])
    return { outcomes, rooms, userEvents }
  })
}

const toLoggedEvents = (rooms: readonly LockedRoom[]): LoggedEvent[] =>
  rooms
    .filter((room) => room.placed.length > 0)
    .map((room) => ({
      type: 'chat.room-events.v1',
      key: room.roomId,
      data: { roomId: room.roomId, events: room.placed.map(({ event }) => event) },
    }))

async function decide(operation: RoomOperation, room: LockedRoom): Promise<Outcome> {
  // Sends decide from memory; everything else may query, and must find what was decided before it.
  if (operation.send === undefined) await writeRooms(room.trx, [room])
  const changesBefore = room.changeCount
  try {
    return { ok: true, value: await operation.run(room) }
  } catch (error) {
    // A refusal after a change would leave half an operation: a bug, and the whole transaction is undone.
    if (!(error instanceof AppError)) throw error
    if (room.changeCount === changesBefore) return { ok: false, error }
    throw new Error('an operation refused after it had changed something', { cause: error })
  }
}

/** The statements do not depend on each other: sent at once, they cost one round trip instead of five. */
async function writeRooms(trx: Transaction, rooms: readonly LockedRoom[]): Promise<void> {
  const unwritten = rooms.map((room) => room.takeUnwritten())
  await Promise.all([
    insertRooms(
      trx,
      unwritten.map(({ newRow }) => newRow).filter((row) => row !== undefined),
    ),
    updateRooms(
      trx,
      unwritten.map(({ changedRow }) => changedRow).filter((row) => row !== undefined),
    ),
    ...unwritten.map(({ roomId, removedMembers }) => deleteMemberships(trx, roomId, removedMembers)),
    putMemberships(
      trx,
      unwritten.flatMap(({ changedMembers }) => changedMembers),
    ),
    insertRoomEvents(
      trx,
      unwritten.flatMap(({ events }) => events),
    ),
    insertMessages(
      trx,
      unwritten.flatMap(({ messages }) => messages),
    ),
  ])
}
