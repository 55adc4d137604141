import { use, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Virtualizer } from 'virtua'
import { ScrollContext } from './scroll-context.ts'

/** Draws only the rows on screen, inside the screen's scrolling element. Loaded when a list is long. */
export function VirtualRows({ children }: { readonly children: ReactNode }) {
  const scrollRef = use(ScrollContext)
  const startRef = useRef<HTMLDivElement>(null)
  const [startMargin, setStartMargin] = useState(0)
  useLayoutEffect(() => {
    const scroller = scrollRef?.current
    const start = startRef.current
    if (!scroller || !start) return
    const top = start.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    setStartMargin(Math.round(top + scroller.scrollTop))
  }, [scrollRef])
  return (
    <div ref={startRef}>
      <Virtualizer {...(scrollRef && { scrollRef })} startMargin={startMargin}>
        {children}
      </Virtualizer>
    </div>
  )
}
