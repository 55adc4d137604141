import { lazy, Suspense, useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react'
import type { MenuGroups } from './menu-groups.ts'

const PointMenu = lazy(async () => ({ default: (await import('./point-menu.tsx')).PointMenu }))

/** As long as phones take for a long press. */
const longPressMs = 450
/** A finger that moves further scrolls. */
const slackPx = 10

export interface RowMenuTarget {
  readonly anchor: Element | { getBoundingClientRect: () => DOMRect }
  readonly groups: MenuGroups
  readonly returnFocusTo: HTMLElement | null
}

export interface RowMenu {
  /** For the row: right click, the menu key, and long press on touch open the menu. */
  readonly rowHandlers: (groups: () => MenuGroups) => {
    readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerUp: () => void
    readonly onPointerCancel: () => void
    readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void
  }
  /** For the … button of a row. */
  readonly openBeside: (button: HTMLElement, groups: MenuGroups) => void
  /** Render this once where the rows are. */
  readonly element: ReactNode
}

/** One menu for all rows of a list, instead of one that waits in each of them. */
export function useRowMenu(): RowMenu {
  const [target, setTarget] = useState<RowMenuTarget>()
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined)
  const wasLongPress = useRef(false)

  const open = (anchor: RowMenuTarget['anchor'], groups: MenuGroups, row: HTMLElement) =>
    setTarget({ anchor, groups, returnFocusTo: row.querySelector<HTMLElement>('[data-row]') })
  const endPress = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }

  return {
    rowHandlers: (groups) => ({
      onContextMenu: (event) => {
        event.preventDefault()
        endPress()
        const isByKey = event.clientX === 0 && event.clientY === 0
        const row = event.currentTarget
        open(isByKey ? row : pointAt(event.clientX, event.clientY), groups(), row)
      },
      onPointerDown: (event) => {
        wasLongPress.current = false
        if (event.pointerType !== 'touch') return
        const { clientX: x, clientY: y, currentTarget: row } = event
        const timer = setTimeout(() => {
          wasLongPress.current = true
          open(pointAt(x, y), groups(), row)
        }, longPressMs)
        press.current = { timer, x, y }
      },
      onPointerMove: (event) => {
        const start = press.current
        if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > slackPx) endPress()
      },
      onPointerUp: endPress,
      onPointerCancel: endPress,
      onClickCapture: (event) => {
        // The finger that opened the menu goes up: that is no click on the row.
        if (!wasLongPress.current) return
        wasLongPress.current = false
        event.preventDefault()
        event.stopPropagation()
      },
    }),
    openBeside: (button, groups) => open(button, groups, button.parentElement ?? button),
    element: (
      <Suspense>{target && <PointMenu target={target} onClose={() => setTarget(undefined)} />}</Suspense>
    ),
  }
}

const pointAt = (x: number, y: number) => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) })
