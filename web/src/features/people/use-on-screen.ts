import { useCallback, useEffect, useMemo, useState } from 'react'

/** Which of the observed rows (`data-user`) are on screen now. */
export function useOnScreen(): {
  readonly userIds: readonly string[]
  readonly observe: (element: HTMLElement | null) => (() => void) | undefined
} {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const observer = useMemo(
    () =>
      typeof IntersectionObserver === 'undefined'
        ? undefined
        : new IntersectionObserver((entries) => {
            setShown((before) => {
              const after = new Set(before)
              for (const { target, isIntersecting } of entries) {
                const userId = target instanceof HTMLElement ? target.dataset['user'] : undefined
                if (userId === undefined) continue
                if (isIntersecting) after.add(userId)
                else after.delete(userId)
              }
              return after
            })
          }),
    [],
  )
  useEffect(() => () => observer?.disconnect(), [observer])
  const observe = useCallback(
    (element: HTMLElement | null) => {
      if (!element || !observer) return undefined
      observer.observe(element)
      return () => {
        observer.unobserve(element)
        const userId = element.dataset['user']
        if (userId !== undefined)
          setShown((before) => {
            const after = new Set(before)
            after.delete(userId)
            return after
          })
      }
    },
    [observer],
  )
  return { userIds: useMemo(() => [...shown].sort(), [shown]), observe }
}
