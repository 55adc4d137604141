import type { FocusEvent, KeyboardEvent } from 'react'
import { openMenuAt } from '../message/open-menu-at.ts'

const step: Partial<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, count) => count - 1,
}

/**
 * The list is one tab stop; inside it Up, Down, Home and End go from message to message, Enter opens what can be done,
 * Escape goes back to writing. Done on the elements: a thousand messages are not drawn anew for a moving focus.
 */
export function useMessageFocus(onEscape: () => void) {
  return {
    tabIndex: 0,
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      // Whoever tabs in lands on the newest message, or the one where they were.
      if (target !== currentTarget) {
        currentTarget.tabIndex = -1
        const row = target instanceof HTMLElement ? target.dataset['row'] : undefined
        if (row !== undefined) currentTarget.dataset['lastRow'] = row
        return
      }
      if (!currentTarget.matches(':focus-visible')) return
      const rows = rowsIn(currentTarget)
      const last = currentTarget.dataset['lastRow']
      const row = rows.find((one) => one.dataset['row'] === last) ?? rows.at(-1)
      row?.focus()
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget))
        currentTarget.tabIndex = 0
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      if (event.key === 'Escape') {
        event.preventDefault()
        onEscape()
        return
      }
      const rows = rowsIn(event.currentTarget)
      const index = rows.findIndex((row) => row === document.activeElement)
      const current = rows[index]
      if (!current) return
      if (isWriting(event)) {
        onEscape()
        return
      }
      if (event.key === 'Enter') {
        event.preventDefault()
        openMenuAt(current.querySelector('[data-bubble]') ?? current)
        return
      }
      const next = rows[step[event.key]?.(index, rows.length) ?? index]
      if (!next || next === current) return
      event.preventDefault()
      next.focus({ preventScroll: true })
      next.scrollIntoView({ block: 'nearest' })
    },
  }
}

/** Somebody begins to write although a message has the focus (it was clicked): the key goes to the composer. */
const isWriting = ({ key, keyCode }: KeyboardEvent): boolean =>
  (key.length === 1 && key !== ' ') || keyCode === 229

const rowsIn = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-row]')]
