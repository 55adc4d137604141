import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react'
import { useAppDispatch, useAppSelector, useClient } from '../../../state/hooks.ts'
import { loadNewer, loadNewest, loadOlder } from '../../../state/message-thunks.ts'
import { bottomReached } from '../../../state/read-state-slice.ts'
import type { Block } from './blocks.ts'
import { createScrollKeeper, type ScrollKeeper } from './scroll-keeper.ts'
import { placesOf } from './scroll-places.ts'

/** Pages are fetched this many screens before one gets there. */
const aheadScreens = 1.5
/** The divider opens this far below the top: a little of what was read stays in sight. */
const dividerOffset = 0.18
/** Farther than this from the newest line nobody wants to watch the way there. */
const smoothScreens = 2
/** A person took over the scrolling: from then on nothing opens anywhere by itself. */
const signsOfAPerson = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

export interface ScrollOfList {
  readonly scrollerRef: RefObject<HTMLDivElement | null>
  readonly rowsRef: RefObject<HTMLDivElement | null>
  readonly toNewest: () => void
  /** More than a screen away from the newest line. */
  readonly isFar: boolean
}

/** Scrolling of one room's list: where it opens, what stays in place, when further pages come. */
export function useScroll(roomId: string, blocks: readonly Block[], isWhole: boolean): ScrollOfList {
  const dispatch = useAppDispatch()
  const places = placesOf(useClient())
  const scrollerRef = useRef<HTMLDivElement>(null)
  const rowsRef = useRef<HTMLDivElement>(null)
  const keeperRef = useRef<ScrollKeeper>(undefined)
  /** The list is where it shall open, or somebody scrolled. Before that it follows the newest line. */
  const isPlacedRef = useRef(false)
  const [isFar, setFar] = useState(false)
  const room = useAppSelector((state) => state.messages.byRoom[roomId])
  const hasAfter = room?.timeline.hasAfter ?? false
  const hasBefore = room?.timeline.hasBefore ?? false
  const hasFailed = room?.failure !== undefined
  const isReady = room?.status === 'ready'
  const hadAfterRef = useRef(hasAfter)
  const toldAtBottomRef = useRef<boolean>(undefined)

  const hold = useEffectEvent(() => keeperRef.current?.hold(!hadAfterRef.current || !isPlacedRef.current))

  const look = useEffectEvent(() => {
    const seen = keeperRef.current?.note()
    if (!seen || !isReady) return
    const isAtBottom = seen.isNearBottom && !hasAfter
    if (toldAtBottomRef.current !== isAtBottom) dispatch(bottomReached({ roomId, isAtBottom }))
    toldAtBottomRef.current = isAtBottom
    setFar(seen.belowPx > seen.heightPx || hasAfter)
    if (hasFailed || !isWhole) return
    const aheadPx = seen.heightPx * aheadScreens
    if (hasBefore && seen.abovePx < aheadPx) void dispatch(loadOlder(roomId))
    if (hasAfter && seen.belowPx < aheadPx) void dispatch(loadNewer(roomId))
  })

  /**
   * After a change and before it is painted: what was seen stays in its place. The first time the list opens at the divider
   * when there is more unread than a screen holds, else where one was, else at the newest line.
   */
  const settle = useEffectEvent(
    (shown: { readonly blocks: readonly Block[]; readonly hasAfter: boolean }) => {
      const keeper = keeperRef.current
      const scroller = scrollerRef.current
      if (!keeper || !scroller) return
      hold()
      hadAfterRef.current = shown.hasAfter
      if (isPlacedRef.current || shown.blocks.length === 0) return
      const divider = rowsRef.current?.querySelector('[data-key="divider"]')
      const place = places.get(roomId)
      if (divider) {
        const unreadPx = scroller.getBoundingClientRect().bottom - divider.getBoundingClientRect().top
        if (unreadPx <= scroller.clientHeight) return
        isPlacedRef.current = true
        keeper.show({ key: 'divider', offsetPx: Math.round(scroller.clientHeight * dividerOffset) })
      } else if (place && keeper.show(place)) isPlacedRef.current = true
    },
  )

  useLayoutEffect(() => {
    const scroller = scrollerRef.current
    const list = rowsRef.current
    if (!scroller || !list) return undefined
    const keeper = createScrollKeeper(scroller, list)
    keeperRef.current = keeper
    // What changes its size without a new render: a turned phone, a late font, the keyboard.
    const observer = new ResizeObserver((entries) => {
      if (entries.some((entry) => entry.target === list)) hold()
      look()
    })
    observer.observe(list)
    observer.observe(scroller)
    const takeOver = () => {
      isPlacedRef.current = true
    }
    const onScroll = () => look()
    scroller.addEventListener('scroll', onScroll, { passive: true })
    for (const sign of signsOfAPerson) scroller.addEventListener(sign, takeOver, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', onScroll)
      for (const sign of signsOfAPerson) scroller.removeEventListener(sign, takeOver)
      const place = keeper.place()
      if (place) places.set(roomId, place)
      else places.delete(roomId)
    }
  }, [roomId, places])

  useLayoutEffect(() => settle({ blocks, hasAfter }), [blocks, hasAfter])
  useEffect(() => look())

  const toNewest = useCallback(async () => {
    isPlacedRef.current = true
    if (hadAfterRef.current) await dispatch(loadNewest(roomId))
    // After the new page was drawn.
    requestAnimationFrame(() => {
      const keeper = keeperRef.current
      if (!keeper) return
      const { belowPx, heightPx } = keeper.note()
      keeper.toBottom(belowPx < heightPx * smoothScreens && mayMove())
    })
  }, [dispatch, roomId])

  return { scrollerRef, rowsRef, toNewest: useCallback(() => void toNewest(), [toNewest]), isFar }
}

const mayMove = (): boolean =>
  document.documentElement.dataset['motion'] !== 'reduced' &&
  !matchMedia('(prefers-reduced-motion: reduce)').matches
