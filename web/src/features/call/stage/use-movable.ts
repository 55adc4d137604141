import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'

const corner = (isTop: boolean, isLeft: boolean): Corner =>
  `${isTop ? 'top' : 'bottom'}-${isLeft ? 'left' : 'right'}`

/** Fewer px than this are a press, not a drag. */
const slopPx = 6

/**
 * Something small over something large: dragged, or moved with the arrow keys, it goes to the nearest corner of what
 * holds it. Spread `props` on it; its place is `data-corner`.
 */
export function useMovable(start: Corner) {
  const [place, setPlace] = useState(start)
  const wasDragged = useRef(false)
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    const element = event.currentTarget
    const holder = element.offsetParent ?? document.documentElement
    const [startX, startY] = [event.clientX, event.clientY]
    wasDragged.current = false
    const move = (moved: globalThis.PointerEvent): void => {
      const [x, y] = [moved.clientX - startX, moved.clientY - startY]
      if (!wasDragged.current && Math.hypot(x, y) < slopPx) return
      if (!wasDragged.current) element.setPointerCapture(moved.pointerId)
      wasDragged.current = true
      element.style.translate = `${x}px ${y}px`
    }
    const end = (): void => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', end)
      element.removeEventListener('pointercancel', end)
      if (!wasDragged.current) return
      const [box, around] = [element.getBoundingClientRect(), holder.getBoundingClientRect()]
      element.style.translate = ''
      const isTop = box.top + box.height / 2 < around.top + around.height / 2
      const isLeft = box.left + box.width / 2 < around.left + around.width / 2
      setPlace(corner(isTop, isLeft))
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', end)
    element.addEventListener('pointercancel', end)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return
    const isTop = event.key === 'ArrowUp' || (event.key !== 'ArrowDown' && place.startsWith('top'))
    const isLeft = event.key === 'ArrowLeft' || (event.key !== 'ArrowRight' && place.endsWith('left'))
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    setPlace(corner(isTop, isLeft))
  }
  return {
    props: { 'data-corner': place, onPointerDown, onKeyDown },
    /** Whether the press that has just ended moved it: then it is no click. */
    wasDragged: () => wasDragged.current,
  }
}
