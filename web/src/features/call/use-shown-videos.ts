import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import { useCallback, useEffect, useRef } from 'react'

/** Tells the call which pictures are looked at: none in a tab behind others, unless one floats above them. */
export function useShownVideos(session: CallSession): (heights: ReadonlyMap<string, number>) => void {
  const latest = useRef<ReadonlyMap<string, number>>(new Map())
  const tell = useCallback(() => {
    const isSeen = document.visibilityState === 'visible' || document.pictureInPictureElement !== null
    session.show(isSeen ? latest.current : new Map())
  }, [session])
  useEffect(() => {
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [tell])
  return useCallback(
    (heights) => {
      latest.current = heights
      tell()
    },
    [tell],
  )
}
