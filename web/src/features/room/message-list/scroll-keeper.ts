/** Near enough to the newest line that the next one may scroll into view by itself: about one row. */
const nearBottomPx = 48

/** A row and where its top stood below the top of the screen part that scrolls, in px. */
export interface ScrollPlace {
  readonly key: string
  readonly offsetPx: number
}
interface Anchor extends ScrollPlace {
  readonly row: HTMLElement
}

interface ScrollState {
  readonly isNearBottom: boolean
  /** Px of content above and below what is seen. */
  readonly abovePx: number
  readonly belowPx: number
  readonly heightPx: number
}

export interface ScrollKeeper {
  /** Notes what is seen; call when it was scrolled. */
  note(): ScrollState
  /**
   * Puts what was seen back where it was; call when rows changed, before they are painted. `isFollowing`: the newest line
   * is part of the window, so somebody at the bottom follows it.
   */
  hold(isFollowing: boolean): void
  toBottom(isSmooth: boolean): void
  /** Brings a row's top to `offsetPx` below the top of the view. Answers whether there is such a row. */
  show(place: ScrollPlace): boolean
  /** What to remember for coming back; `undefined` at the bottom. */
  place(): ScrollPlace | undefined
}

/**
 * Keeps what is being read in its place. The list grows from its bottom (`flex-direction: column-reverse`): scroll
 * positions count from the newest line, so older lines coming in above, the keyboard and a growing composer move nothing
 * in any browser. Only changes below what is seen must be answered here: by the row that was in the middle of the view.
 */
export function createScrollKeeper(scroller: HTMLElement, rows: HTMLElement): ScrollKeeper {
  let anchor: Anchor | undefined
  /** The scroll position when the anchor was noted: what was scrolled since then was wanted. */
  let notedTop = 0

  const top = () => scroller.getBoundingClientRect().top
  const rowOf = (key: string) => {
    const name = CSS.escape(key)
    return rows.querySelector<HTMLElement>(
      `:scope > * > [data-row="${name}"], :scope > * > [data-key="${name}"]`,
    )
  }
  /** Distance from the bottom; 0 at the newest line. */
  const belowPx = () => Math.max(0, -scroller.scrollTop)
  const isNearBottom = () => belowPx() < nearBottomPx

  /**
   * The row in the middle of the view: at its edges blocks may just be getting their true height. First the block, then the
   * row in it, since asking for a row of a block that is not drawn would have it laid out.
   */
  function middleRow(): Anchor | undefined {
    const from = top()
    const middle = from + scroller.clientHeight / 2
    const block = firstReaching(rows.children, middle)
    const row = block && firstReaching(block.children, middle)
    const key = row && keyOf(row)
    if (!row || key === undefined) return undefined
    return { key, row, offsetPx: row.getBoundingClientRect().top - from }
  }

  function show({ key, offsetPx }: ScrollPlace, known?: HTMLElement): boolean {
    const row = known?.isConnected ? known : rowOf(key)
    if (!row) return false
    const movedPx = row.getBoundingClientRect().top - top() - offsetPx
    if (Math.abs(movedPx) >= 0.5) scroller.scrollTop += movedPx
    return true
  }

  function note(): ScrollState {
    const below = belowPx()
    notedTop = scroller.scrollTop
    anchor = middleRow()
    const heightPx = scroller.clientHeight
    return {
      isNearBottom: isNearBottom(),
      abovePx: Math.max(0, scroller.scrollHeight - heightPx - below),
      belowPx: below,
      heightPx,
    }
  }

  return {
    note,
    hold(isFollowing) {
      // Lines coming in below do not change the distance from the bottom: it still tells where somebody was.
      if (isFollowing && isNearBottom()) scroller.scrollTop = 0
      else if (anchor) {
        // Where blocks turned out lower than guessed, the browser itself has moved to the new beginning: no scrolling.
        const beginning = Math.min(0, scroller.clientHeight - scroller.scrollHeight)
        const offsetPx = anchor.offsetPx - (scroller.scrollTop - Math.max(notedTop, beginning))
        if (!show({ key: anchor.key, offsetPx }, anchor.row)) return
        anchor = { ...anchor, offsetPx }
      }
      notedTop = scroller.scrollTop
    },
    toBottom(isSmooth) {
      scroller.scrollTo({ top: 0, behavior: isSmooth ? 'smooth' : 'instant' })
    },
    show: (place) => show(place),
    place: () => (isNearBottom() || !anchor ? undefined : { key: anchor.key, offsetPx: anchor.offsetPx }),
  }
}

/** Elements in order from top to bottom: the first whose bottom is below `from`, found by halving. */
function firstReaching(elements: HTMLCollection, from: number): HTMLElement | undefined {
  let low = 0
  let high = elements.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((elements[middle]?.getBoundingClientRect().bottom ?? 0) > from) high = middle
    else low = middle + 1
  }
  const found = elements[low]
  return found instanceof HTMLElement ? found : undefined
}

const keyOf = (row: HTMLElement): string | undefined => row.dataset['key'] ?? row.dataset['row']
