import type { OutboxEntry } from '@our-now/client/client.ts'
import type { Line } from '@our-now/client/room-view/timeline.ts'
import type { Message } from '@our-now/contracts/rooms.ts'
import type { BlockedRow, MessageRow, PendingRow, Row } from './rows.ts'

export interface LinesInput {
  /** Ascending by seq; what is withheld from me is not among them. */
  readonly lines: readonly Line[]
  /** My messages that are no lines yet, in sending order. Drawn after everything else. */
  readonly pending: readonly OutboxEntry[]
  readonly myUserId: string
  /** Older lines exist that are not loaded. */
  readonly hasBefore: boolean
  /** The divider is drawn before the first message of somebody else after this; absent: none. */
  readonly dividerAfterSeq?: number | undefined
  /** Whose messages are collapsed: in groups those whom I block, otherwise nobody. */
  readonly collapsedAuthors: ReadonlySet<string>
  /** Collapsed runs that were opened, by the seq of their first message. */
  readonly openedSeqs: ReadonlySet<number>
}

/**
 * Everything the list shows, in order: lines and pending messages with a separator where a new local day begins, the
 * "read up to here" divider, and each message's place in its run (same person, same minute, nothing in between).
 */
export function buildLines(input: LinesInput): readonly Row[] {
  const rows: Row[] = []
  const dividerSeq = findDividerSeq(input)
  let dayEnd = -Infinity
  let openedRun = false

  const startDay = (at: number) => {
    // Also where a clock was set back: a day is announced once.
    if (at < dayEnd) return
    dayEnd = nextDay(at)
    rows.push({ kind: 'day', key: `day-${dayEnd}`, at })
  }

  for (const line of input.lines) {
    const at = line.kind === 'message' ? line.message.sentAt : line.event.at
    startDay(at)
    if (line.seq === dividerSeq) rows.push({ kind: 'divider', key: 'divider' })
    if (line.kind === 'notice') {
      rows.push({ kind: 'notice', key: `seq-${line.seq}`, event: line.event })
      openedRun = false
      continue
    }
    const { message } = line
    const isCollapsed = input.collapsedAuthors.has(message.authorId) && message.deletedAt === undefined
    if (!isCollapsed) openedRun = false
    else if (!openedRun) {
      const last = rows.at(-1)
      if (last?.kind === 'blocked') {
        rows[rows.length - 1] = { ...last, count: last.count + 1 }
        continue
      }
      if (!input.openedSeqs.has(message.seq)) {
        rows.push(blockedRow(message))
        continue
      }
      openedRun = true
    }
    push(rows, messageRow(message, input.myUserId))
  }
  for (const entry of input.pending) {
    startDay(entry.createdAtMs)
    push(rows, pendingRow(entry))
  }
  return rows
}

/**
 * The first line by somebody else after the divider's place. None while that place is before the loaded lines: a divider
 * at the top of a page would be in the wrong place.
 */
function findDividerSeq({ lines, dividerAfterSeq, myUserId, hasBefore }: LinesInput): number | undefined {
  if (dividerAfterSeq === undefined) return undefined
  const isBeforeWindow = hasBefore && (lines[0]?.seq ?? 0) > dividerAfterSeq
  if (isBeforeWindow) return undefined
  return lines.find(
    (line) => line.seq > dividerAfterSeq && line.kind === 'message' && line.message.authorId !== myUserId,
  )?.seq
}

const messageRow = (message: Message, myUserId: string): MessageRow => {
  const isMine = message.authorId === myUserId
  return {
    kind: 'message',
    // A message keeps its key when it turns from pending into a line: nothing is drawn anew.
    key: isMine ? `own-${message.clientMessageId}` : `seq-${message.seq}`,
    message,
    isMine,
    isFirst: true,
    isLast: true,
  }
}

const pendingRow = (entry: OutboxEntry): PendingRow => ({
  kind: 'pending',
  key: `own-${entry.clientMessageId}`,
  entry,
  isFirst: true,
  isLast: true,
})

const blockedRow = ({ seq }: Message): BlockedRow => ({
  kind: 'blocked',
  key: `blocked-${seq}`,
  seq,
  count: 1,
})

/** Joins the run of the row before where they belong together. */
function push(rows: Row[], row: MessageRow | PendingRow): void {
  const last = rows.at(-1)
  const isRun = (last?.kind === 'message' || last?.kind === 'pending') && isSameRun(last, row)
  if (!isRun) {
    rows.push(row)
    return
  }
  rows[rows.length - 1] = { ...last, isLast: false }
  rows.push({ ...row, isFirst: false })
}

function isSameRun(a: MessageRow | PendingRow, b: MessageRow | PendingRow): boolean {
  if (isFailed(a) !== isFailed(b)) return false
  const isOneAuthor =
    a.kind === 'message' && b.kind === 'message'
      ? a.message.authorId === b.message.authorId
      : isOwn(a) && isOwn(b)
  return isOneAuthor && minuteOf(a) === minuteOf(b)
}

const isOwn = (row: MessageRow | PendingRow): boolean => row.kind === 'pending' || row.isMine
/** A failed message stands alone: its buttons belong to it only. */
const isFailed = (row: MessageRow | PendingRow): boolean =>
  row.kind === 'pending' && row.entry.state === 'failed'
const minuteOf = (row: MessageRow | PendingRow): number =>
  Math.floor((row.kind === 'pending' ? row.entry.createdAtMs : row.message.sentAt) / 60_000)

/** The next local midnight. */
const nextDay = (at: number): number => new Date(at).setHours(24, 0, 0, 0)
