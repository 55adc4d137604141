import { useCallback, useEffect, useState } from 'react'
import { useMediaQuery } from '../../shared/use-media-query.ts'

type CallWindowMode = 'full' | 'side' | 'float'

export interface CallWindow {
  readonly mode: CallWindowMode
  /** As narrow as a phone. */
  readonly isNarrow: boolean
  /** Makes room for a talk: beside it where there is room, else small over it. */
  readonly shrink: () => void
  readonly grow: () => void
  readonly toggleFullScreen: () => void
}

/** How much of the screen the call takes. */
export function useCallWindow(): CallWindow {
  const [isShrunk, setShrunk] = useState(false)
  const hasRoom = useMediaQuery('(min-width: 1100px)')
  const isNarrow = useMediaQuery('(max-width: 599px)')
  const mode = !isShrunk ? 'full' : hasRoom ? 'side' : 'float'
  useEffect(() => {
    // The app makes way for a panel: global.css.
    document.documentElement.dataset['call'] = mode
    return () => {
      delete document.documentElement.dataset['call']
    }
  }, [mode])
  return {
    mode,
    isNarrow,
    shrink: useCallback(() => {
      if (document.fullscreenElement !== null) void document.exitFullscreen()
      setShrunk(true)
    }, []),
    grow: useCallback(() => setShrunk(false), []),
    toggleFullScreen: useCallback(() => {
      setShrunk(false)
      // The whole page: menus and dialogs of the call stand beside it. Refused where a page may not.
      if (document.fullscreenElement !== null) void document.exitFullscreen()
      else void document.documentElement.requestFullscreen().catch(() => undefined)
    }, []),
  }
}
