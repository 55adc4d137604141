import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Knex } from 'knex'
import { requireUser } from '../callers/require-user.ts'
import { findAccess } from '../rooms/room-store.ts'
import { listNotices } from './event-store.ts'
import { listMessagesAfter, listMessagesBefore, type Visible } from './message-store.ts'
import { toMessage, toRoomEvent, type MessageRow } from './room-event.ts'

const defaultLimit = 50
const maxNotices = 400

interface Page {
  /** Ascending by seq. */
  readonly messages: readonly MessageRow[]
  readonly hasBefore: boolean
  readonly hasAfter: boolean
  /** The stretch (afterSeq, toSeq] of the log that the page stands for; neighbouring pages meet without a hole. */
  readonly afterSeq: number
  readonly toSeq: number
}

/** A page of history. The head is read first, so the page never claims more of the log than it shows. */
export function createListMessages({ database }: { database: Database }): ChatApi['listMessages'] {
  return async (context, { roomId, before, after, around, limit = defaultLimit }) => {
    const readerId = requireUser(context)
    if ([before, after, around].filter((place) => place !== undefined).length > 1) {
      throw new AppError('invalid_request', 'Ask for one of before, after and around.', { field: '/before' })
    }
    const access = await findAccess(database.reader, roomId, readerId)
    if (access === undefined) throw new AppError('room_not_found')
    const visible = { roomId, readerId, joinedSeq: access.joined_seq, headSeq: access.last_seq }
    const page = await readPage(database.reader, visible, { before, after, around, limit })
    const notices = await listNotices(database.reader, { ...page, roomId, limit: maxNotices })
    return {
      messages: page.messages.map(toMessage),
      notices: notices.map((row) => toRoomEvent(row)).filter((event) => !isQuiet(event)),
      asOfSeq: access.last_seq,
      hasBefore: page.hasBefore,
      hasAfter: page.hasAfter,
    }
  }
}

interface Place {
  readonly before: number | undefined
  readonly after: number | undefined
  readonly around: number | undefined
  readonly limit: number
}

async function readPage(db: Knex, visible: Visible, { before, after, around, limit }: Place): Promise<Page> {
  if (after !== undefined) return pageAfter(db, visible, Math.max(after, visible.joinedSeq), limit)
  if (around === undefined)
    return pageBefore(db, visible, Math.min(before ?? Infinity, visible.headSeq + 1), limit)
  const place = Math.min(Math.max(around, visible.joinedSeq + 1), visible.headSeq + 1)
  const newer = await pageAfter(db, visible, place - 1, Math.ceil(limit / 2))
  const older = await pageBefore(db, visible, place, Math.max(1, limit - newer.messages.length))
  const messages = [...older.messages, ...newer.messages]
  return { ...older, messages, hasAfter: newer.hasAfter, toSeq: newer.toSeq }
}

async function pageBefore(db: Knex, visible: Visible, beforeSeq: number, limit: number): Promise<Page> {
  const found = await listMessagesBefore(db, visible, beforeSeq, limit + 1)
  const messages = found.slice(0, limit).reverse()
  const hasBefore = found.length > limit
  const afterSeq = hasBefore ? (messages[0]?.seq ?? 1) - 1 : visible.joinedSeq
  const hasAfter = beforeSeq <= visible.headSeq
  return { messages, hasBefore, hasAfter, afterSeq, toSeq: beforeSeq - 1 }
}

async function pageAfter(db: Knex, visible: Visible, afterSeq: number, limit: number): Promise<Page> {
  const found = await listMessagesAfter(db, visible, afterSeq, limit + 1)
  const messages = found.slice(0, limit)
  const hasAfter = found.length > limit
  const toSeq = hasAfter ? (messages.at(-1)?.seq ?? afterSeq) : visible.headSeq
  return { messages, hasBefore: afterSeq > visible.joinedSeq, hasAfter, afterSeq, toSeq }
}

/** Who left quietly left without a line. */
const isQuiet = (event: ReturnType<typeof toRoomEvent>): boolean =>
  event.kind === 'member-left' && event.reason === 'quiet'
