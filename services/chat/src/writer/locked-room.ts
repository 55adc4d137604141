import { namedCursorLimit, type CursorMove } from '../cursors/cursor-move.ts'
import type { Transaction } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import {
  toMessage,
  toMessageBody,
  toNoticeRow,
  type MessageRow,
  type NewNotice,
  type RoomEventRow,
} from '../messages/room-event.ts'
import {
  listMembershipsAmong,
  listMembershipsOfRooms,
  type MembershipRow,
  type RoomRow,
} from '../rooms/room-store.ts'
import {
  blockPair,
  sendKey,
  type NewMessage,
  type PlacedEvent,
  type Stored,
  type UnwrittenRoom,
} from './room-changes.ts'
import type { RoomUserEvent } from './tell-users.ts'

/**
 * One room while its row is locked: the only way to change a room. Changes are made here, in memory, in the order of
 * arrival, and written together at the end of the transaction; so a seq is taken only by a row that commits with it.
 * Refuse before the first change: what an operation has changed stays.
 */
export class LockedRoom {
  readonly roomId: string
  readonly trx: Transaction
  /** The instant of this transaction, ms since the epoch. */
  readonly at: number
  /** Everything that happened here, for the pushes after the commit. */
  readonly placed: PlacedEvent[] = []
  readonly told: RoomUserEvent[] = []
  readonly cursorMoves: CursorMove[] = []
  /** The rev before this transaction, from which `cursorMoves` start. */
  readonly fromCursorRev: number
  /** The moves do not tell it all: cursors are to be fetched anew. */
  areCursorsReset = false
  readonly stored = new Map<string, Stored>()
  #row: RoomRow | undefined
  #members = new Map<string, MembershipRow | undefined>()
  #hasAllMembers = false
  #blocks: ReadonlySet<string> = new Set()
  #changeCount = 0
  #isNew = false
  #isRowChanged = false
  #newEvents: RoomEventRow[] = []
  #newMessages: MessageRow[] = []
  #changedMembers = new Map<string, MembershipRow>()
  #removedMembers = new Set<string>()

  constructor(roomId: string, { trx, at, row }: { trx: Transaction; at: number; row: RoomRow | undefined }) {
    this.roomId = roomId
    this.trx = trx
    this.at = at
    this.#row = row
    this.fromCursorRev = row?.cursor_rev ?? 0
  }

  /** Grows with every change: tells whether an operation that failed had already changed something. */
  get changeCount(): number {
    return this.#changeCount
  }

  find(): RoomRow | undefined {
    return this.#row
  }

  /** @throws {AppError} room_not_found */
  get(): RoomRow {
    if (this.#row === undefined) throw new AppError('room_not_found')
    return this.#row
  }

  create(room: Pick<RoomRow, 'kind' | 'name'>): RoomRow {
    this.#row = {
      ...room,
      room_id: this.roomId,
      created_at_ms: this.at,
      last_seq: 0,
      last_ordinal: 0,
      membership_rev: 1,
      cursor_rev: 0,
      member_count: 0,
      active_at_ms: this.at,
    }
    this.#hasAllMembers = true
    this.#isNew = true
    return this.change()
  }

  /** The row, to be changed: it is written at the end. */
  change(): RoomRow {
    const row = this.get()
    this.#isRowChanged = true
    this.#changeCount += 1
    return row
  }

  async findMember(userId: string): Promise<MembershipRow | undefined> {
    if (!this.#members.has(userId) && !this.#hasAllMembers) {
      const rows = await listMembershipsAmong(this.trx, new Map([[this.roomId, [userId]]]))
      this.#members.set(userId, rows[0])
    }
    return this.#members.get(userId)
  }

  /** @throws {AppError} room_not_found: to outsiders a room does not exist. */
  async getMember(userId: string): Promise<MembershipRow> {
    const member = await this.findMember(userId)
    if (member === undefined) throw new AppError('room_not_found')
    return member
  }

  /** All members, longest-standing first. */
  async listMembers(): Promise<MembershipRow[]> {
    if (!this.#hasAllMembers) {
      const rows = await listMembershipsOfRooms(this.trx, [this.roomId])
      this.learnMembers(rows.filter((row) => !this.#members.has(row.user_id)))
      this.#hasAllMembers = true
    }
    const members = [...this.#members.values()].filter((member) => member !== undefined)
    return members.sort(
      (a, b) => a.public_joined_seq - b.public_joined_seq || (a.user_id < b.user_id ? -1 : 1),
    )
  }

  /** A member whose row was read before (`memberIds` of the operation). */
  knownMember(userId: string): MembershipRow | undefined {
    return this.#members.get(userId)
  }

  knownMembers(): MembershipRow[] {
    return [...this.#members.values()].filter((member) => member !== undefined)
  }

  learnMembers(rows: readonly MembershipRow[], askedFor: readonly string[] = []): void {
    for (const userId of askedFor) if (!this.#members.has(userId)) this.#members.set(userId, undefined)
    for (const row of rows) this.#members.set(row.user_id, row)
  }

  /** @param blocks  `blocker:blocked` pairs among the members of a 1:1 room. */
  learnBlocks(blocks: ReadonlySet<string>): void {
    this.#blocks = blocks
  }

  /** 1:1 rooms only: blocks inside groups are the client's to show. */
  hasBlocked(blockerId: string, blockedId: string): boolean {
    return this.#blocks.has(blockPair(blockerId, blockedId))
  }

  putMember(member: MembershipRow): void {
    const known = this.#members.get(member.user_id)
    this.#members.set(member.user_id, member)
    this.#changedMembers.set(member.user_id, member)
    this.#removedMembers.delete(member.user_id)
    if (known === undefined) this.#countMember(1)
    else this.change()
  }

  /**
   * Writes a member whose cursors went up: others are told of the public one, the own devices of the own one.
   */
  moveCursor(moved: MembershipRow): void {
    const before = this.#members.get(moved.user_id)
    this.putMember(moved)
    if (before === undefined) return
    if (moved.public_read_seq > before.public_read_seq) {
      this.#bumpCursorRev()
      this.cursorMoves.push({
        userId: moved.user_id,
        joinedSeq: moved.public_joined_seq,
        from: before.public_read_seq,
        to: moved.public_read_seq,
      })
    }
    const { read_seq: readSeq, read_ordinal: readOrdinal } = moved
    const isSameToMe = readSeq === before.read_seq && readOrdinal === before.read_ordinal
    if (isSameToMe || moved.is_listed === 0) return
    this.tell({
      userId: moved.user_id,
      event: { kind: 'cursor-moved', roomId: this.roomId, readSeq, readOrdinal },
    })
  }

  removeMember(userId: string): void {
    this.#members.set(userId, undefined)
    this.#changedMembers.delete(userId)
    this.#removedMembers.add(userId)
    this.#countMember(-1)
  }

  #countMember(difference: 1 | -1): void {
    const row = this.change()
    const isHistogram = Math.max(row.member_count, row.member_count + difference) > namedCursorLimit
    row.member_count += difference
    if (!isHistogram) return
    // Without names nobody can tell whose cursor came or went: all fetch the histogram anew.
    this.areCursorsReset = true
    this.#bumpCursorRev()
  }

  #bumpCursorRev(): void {
    const row = this.change()
    row.cursor_rev = this.fromCursorRev + 1
  }

  /**
   * Adds a line to the log.
   *
   * @param clientMessageId  Unique for the actor in this room: a line that may be told twice. See `stored`.
   * @returns its seq.
   */
  append(notice: NewNotice, clientMessageId?: string): number {
    const row = this.change()
    row.last_seq += 1
    const event = { roomId: this.roomId, seq: row.last_seq, at: this.at, ...notice }
    this.#newEvents.push(toNoticeRow(event, clientMessageId))
    this.placed.push({ event })
    if (clientMessageId !== undefined) {
      const stored = { payloadHash: null, seq: event.seq, ordinal: row.last_ordinal, sentAtMs: this.at }
      this.stored.set(sendKey(event.actorId, clientMessageId), stored)
    }
    return row.last_seq
  }

  /** Adds a message to the log and to what history shows. */
  appendMessage({ authorId, clientMessageId, payloadHash, text, call, withheldFrom }: NewMessage): Stored {
    const row = this.change()
    row.last_seq += 1
    row.last_ordinal += 1
    row.active_at_ms = this.at
    const message: MessageRow = {
      room_id: this.roomId,
      seq: row.last_seq,
      ordinal: row.last_ordinal,
      author_id: authorId,
      client_message_id: clientMessageId,
      text,
      call_line: call === undefined ? null : JSON.stringify(call),
      is_counted: call === undefined || call.outcome === 'missed' ? 1 : 0,
      sent_at_ms: this.at,
      deleted_at_ms: null,
      withheld_from: withheldFrom ?? null,
      last_event_seq: row.last_seq,
    }
    this.#newMessages.push(message)
    this.#newEvents.push({
      room_id: this.roomId,
      seq: message.seq,
      kind: 'message-created',
      author_id: authorId,
      client_message_id: clientMessageId,
      payload_hash: payloadHash,
      withheld_from: message.withheld_from,
      body: toMessageBody({ ordinal: message.ordinal, text, ...(call && { call }) }),
      at_ms: this.at,
    })
    const base = { roomId: this.roomId, seq: message.seq, at: this.at, actorId: authorId }
    const event = { ...base, kind: 'message-created' as const, message: toMessage(message) }
    this.placed.push(withheldFrom === undefined ? { event } : { event, withheldFrom })
    const stored = { payloadHash, seq: message.seq, ordinal: message.ordinal, sentAtMs: this.at }
    this.stored.set(sendKey(authorId, clientMessageId), stored)
    return stored
  }

  /** Adds a fact to a user's own log, in this transaction. */
  tell(event: RoomUserEvent): void {
    this.#changeCount += 1
    this.told.push(event)
  }

  /** Hands over what is not written yet, and forgets it. */
  takeUnwritten(): UnwrittenRoom {
    const unwritten = {
      roomId: this.roomId,
      newRow: this.#isNew ? this.#row : undefined,
      changedRow: this.#isRowChanged && !this.#isNew ? this.#row : undefined,
      events: this.#newEvents,
      messages: this.#newMessages,
      changedMembers: [...this.#changedMembers.values()],
      removedMembers: [...this.#removedMembers],
    }
    this.#isNew = false
    this.#isRowChanged = false
    this.#newEvents = []
    this.#newMessages = []
    this.#changedMembers = new Map()
    this.#removedMembers = new Set()
    return unwritten
  }
}
