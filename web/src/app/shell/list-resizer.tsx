import { useEffect, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './list-resizer.module.css'

const storageKey = 'our-now.list-width'
const minPx = 260
const maxPx = 480
const startPx = 320
const stepPx = 16

const within = (px: number) => Math.min(maxPx, Math.max(minPx, Math.round(px)))

function readWidth(): number {
  try {
    const stored = Number(localStorage.getItem(storageKey))
    return stored > 0 ? within(stored) : startPx
  } catch {
    return startPx
  }
}

/** The edge between list and room: dragged, or moved with the arrow keys; remembered on this device. */
export function ListResizer() {
  const { t } = useTranslation()
  const [width, setWidth] = useState(readWidth)
  useEffect(() => {
    document.documentElement.style.setProperty('--list-width', `${width}px`)
    try {
      localStorage.setItem(storageKey, String(width))
    } catch {
      // Storage is off: the width holds until the page is closed.
    }
  }, [width])

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const startX = event.clientX
    const startWidth = width
    const element = event.currentTarget
    element.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) => setWidth(within(startWidth + moved.clientX - startX))
    const end = () => {
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', end)
      element.removeEventListener('pointercancel', end)
    }
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', end)
    element.addEventListener('pointercancel', end)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') setWidth(within(width - stepPx))
    else if (event.key === 'ArrowRight') setWidth(within(width + stepPx))
    else if (event.key === 'Home') setWidth(minPx)
    else if (event.key === 'End') setWidth(maxPx)
    else return
    event.preventDefault()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role -- a window splitter (ARIA): it has a value and takes keys, which <hr> cannot
    <div
      className={styles['resizer']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
      role="separator"
      aria-orientation="vertical"
      aria-label={t('common.resizeList')}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      aria-valuenow={width}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDoubleClick={() => setWidth(startPx)}
      onKeyDown={onKeyDown}
    />
  )
}
