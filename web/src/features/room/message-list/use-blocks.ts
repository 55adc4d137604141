import { useEffect, useState } from 'react'
import { reuseBlocks, toBlocks, type Block } from './blocks.ts'
import { isWhole, toRevealed, widen, windowOf, type Revealed } from './reveal.ts'
import { reuseRows } from './reuse-rows.ts'
import type { Row } from './rows.ts'

export interface ShownBlocks {
  readonly blocks: readonly Block[]
  /** Everything that is loaded is drawn. */
  readonly isWhole: boolean
}

interface Known {
  readonly given: readonly Row[]
  readonly rows: readonly Row[]
  readonly blocks: readonly Block[]
}

/** The rows in blocks, as far as they are drawn by now; the rest follows a block a frame. */
export function useBlocks(given: readonly Row[], liveFrom: number): ShownBlocks {
  const [known, setKnown] = useState<Known>({ given: [], rows: [], blocks: [] })
  const [revealed, setRevealed] = useState<Revealed>()
  let current = known
  if (known.given !== given) {
    const rows = reuseRows(known.rows, given)
    current = { given, rows, blocks: reuseBlocks(known.blocks, toBlocks(rows, liveFrom)) }
    setKnown(current)
  }
  const { blocks } = current
  const keys = blocks.map((block) => block.key)
  const window = windowOf(keys, revealed)
  const isAll = isWhole(keys, window)
  // What is drawn now is where the next page continues from.
  const next = toRevealed(keys, window)
  if (next?.firstKey !== revealed?.firstKey || next?.lastKey !== revealed?.lastKey) setRevealed(next)

  useEffect(() => {
    if (isAll) return undefined
    const frame = requestAnimationFrame(() => setRevealed(toRevealed(keys, widen(keys, window))))
    return () => cancelAnimationFrame(frame)
  })
  return { blocks: isAll ? blocks : blocks.slice(window.from, window.to), isWhole: isAll }
}
