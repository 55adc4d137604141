import { useCallback, useState } from 'react'
import type { Space } from './fit-grid.ts'

/** The inner size of an element, as it changes. Give it the ref. */
export function useSize(): readonly [size: Space, ref: (element: HTMLElement | null) => () => void] {
  const [size, setSize] = useState<Space>({ width: 0, height: 0 })
  const ref = useCallback((element: HTMLElement | null) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    if (element !== null) observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [size, ref]
}
