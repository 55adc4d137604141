import { useEffect, useEffectEvent } from 'react'

const ways = new Set<() => void>()

/** What lies over the app goes: something that cannot wait takes the whole screen. */
export function makeWay(): void {
  for (const close of ways) close()
}

/** Lets `makeWay` close this while it is open. */
export function useMakeWay(isOpen: boolean, close: () => void): void {
  const give = useEffectEvent(close)
  useEffect(() => {
    if (!isOpen) return undefined
    const way = (): void => give()
    ways.add(way)
    return () => void ways.delete(way)
  }, [isOpen])
}
