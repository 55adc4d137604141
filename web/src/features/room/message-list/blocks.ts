import type { Row } from './rows.ts'

/** A stretch of rows that is drawn and skipped as one. */
export interface Block {
  readonly key: string
  readonly rows: readonly Row[]
  /** What is coming in: never skipped, never split while it is short, so that a row keeps its element. */
  readonly isLive: boolean
}

/** Log positions in a block of history: about half a screen, so that adding one fits into a frame. */
const historySpan = 8
/** What came since the room was opened stays together. */
const liveSpan = 200

/**
 * Parts the rows into blocks whose borders are places in the log: older and newer rows coming in never move a row into
 * another block. `liveFrom`: the newest place when the room was opened.
 */
export function toBlocks(rows: readonly Row[], liveFrom: number): readonly Block[] {
  const blocks: { key: string; rows: Row[]; isLive: boolean }[] = []
  /** Rows without a place of their own (a new day, the divider) go with the row after them. */
  let waiting: Row[] = []
  let lastLive = 'live-0'
  for (const row of rows) {
    const seq = seqOf(row)
    if (seq === undefined && row.kind !== 'pending') {
      waiting.push(row)
      continue
    }
    const isLive = seq === undefined || seq > liveFrom
    const key =
      seq === undefined
        ? lastLive
        : isLive
          ? `live-${Math.floor((seq - liveFrom - 1) / liveSpan)}`
          : `past-${Math.floor(seq / historySpan)}`
    if (isLive) lastLive = key
    const last = blocks.at(-1)
    if (last?.key === key) last.rows.push(...waiting, row)
    else blocks.push({ key, rows: [...waiting, row], isLive })
    waiting = []
  }
  return blocks
}

/** The same blocks as before wherever their rows are the same. */
export function reuseBlocks(before: readonly Block[], now: readonly Block[]): readonly Block[] {
  const known = new Map(before.map((block) => [block.key, block]))
  return now.map((block) => {
    const old = known.get(block.key)
    const isSame =
      old !== undefined &&
      old.rows.length === block.rows.length &&
      old.rows.every((row, index) => row === block.rows[index])
    return isSame ? old : block
  })
}

function seqOf(row: Row): number | undefined {
  if (row.kind === 'message') return row.message.seq
  if (row.kind === 'notice') return row.event.seq
  if (row.kind === 'blocked') return row.seq
  return undefined
}
