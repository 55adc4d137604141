/** Near enough to the newest line that the next one may scroll into view by itself: about one row. */
const nearBottomPx = 48

/** A row and where its top stood below the top of the screen part that scrolls, in px. */
export interface ScrollPlace {
  readonly key: string
  readonly offsetPx: number
}

export interface ScrollState {
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
 * in any browser. Only changes below what is seen must be answered here: by the row that was at the top of the view.
 */
export function createScrollKeeper(scroller: HTMLElement, rows: HTMLElement): ScrollKeeper {
  let anchor: ScrollPlace | undefined
  let wasNearBottom = true

  const top = () => scroller.getBoundingClientRect().top
  const rowOf = (key: string) => {
    const name = CSS.escape(key)
    return rows.querySelector<HTMLElement>(`:scope > [data-row="${name}"], :scope > [data-key="${name}"]`)
  }
  /** Distance from the bottom; 0 at the newest line. */
  const belowPx = () => Math.max(0, -scroller.scrollTop)

  /** The first row that reaches into the view. Rows are in order, so this halves. */
  function firstSeen(): ScrollPlace | undefined {
    const from = top()
    const all = rows.children
    let low = 0
    let high = all.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((all[middle]?.getBoundingClientRect().bottom ?? 0) > from) high = middle
      else low = middle + 1
    }
    for (let index = low; index < all.length; index += 1) {
      const row = all[index]
      const key = row instanceof HTMLElement ? keyOf(row) : undefined
      if (row && key !== undefined) return { key, offsetPx: row.getBoundingClientRect().top - from }
    }
    return undefined
  }

  function show({ key, offsetPx }: ScrollPlace): boolean {
    const row = rowOf(key)
    if (!row) return false
    const movedPx = row.getBoundingClientRect().top - top() - offsetPx
    if (Math.abs(movedPx) >= 0.5) scroller.scrollTop += movedPx
    return true
  }

  function note(): ScrollState {
    const below = belowPx()
    wasNearBottom = below < nearBottomPx
    anchor = firstSeen()
    const heightPx = scroller.clientHeight
    return {
      isNearBottom: wasNearBottom,
      abovePx: Math.max(0, scroller.scrollHeight - heightPx - below),
      belowPx: below,
      heightPx,
    }
  }

  return {
    note,
    hold(isFollowing) {
      if (wasNearBottom && isFollowing) scroller.scrollTop = 0
      else if (anchor) show(anchor)
    },
    toBottom(isSmooth) {
      wasNearBottom = true
      scroller.scrollTo({ top: 0, behavior: isSmooth ? 'smooth' : 'instant' })
    },
    show,
    place: () => (wasNearBottom ? undefined : anchor),
  }
}

const keyOf = (row: HTMLElement): string | undefined => row.dataset['key'] ?? row.dataset['row']
