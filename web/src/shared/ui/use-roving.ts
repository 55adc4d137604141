import { useState, type FocusEvent, type KeyboardEvent } from 'react'

const step: Partial<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, count) => count - 1,
}

export interface Roving {
  /** Goes onto the list's element. */
  readonly listProps: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  }
  /** Goes onto each row's button: one of them is a tab stop, arrows move on from there. */
  readonly rowProps: (
    key: string,
    index: number,
  ) => { readonly tabIndex: 0 | -1; readonly 'data-row': string }
}

/** One tab stop for a whole list (roving tabindex): Up, Down, Home and End move between the rows that are drawn. */
export function useRoving(keys: readonly string[]): Roving {
  const [active, setActive] = useState<string>()
  const isActiveThere = active !== undefined && keys.includes(active)
  return {
    listProps: {
      onKeyDown: (event) => {
        const move = step[event.key]
        if (!move || event.altKey || event.ctrlKey || event.metaKey) return
        const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
        const index = rows.findIndex((row) => row === document.activeElement)
        const next = index < 0 ? undefined : rows[move(index, rows.length)]
        if (!next) return
        event.preventDefault()
        next.focus()
        next.scrollIntoView({ block: 'nearest' })
      },
      onFocus: (event) => {
        const key = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined
        if (key !== undefined) setActive(key)
      },
    },
    rowProps: (key, index) => ({
      tabIndex: (isActiveThere ? key === active : index === 0) ? 0 : -1,
      'data-row': key,
    }),
  }
}
