import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import { useCallback, useEffect, useRef, useState } from 'react'

export interface ScreenShare {
  readonly track: MediaStreamTrack | undefined
  /** Phones cannot. */
  readonly isPossible: boolean
  toggle(): void
}

/** Detail rather than motion; the sound of the tab or the whole machine where the browser gives it. */
const wanted = {
  video: { frameRate: { ideal: 15, max: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
}

/** Shows the others this screen, with its sound, until one stops here or in the browser's own bar. */
export function useScreenShare(session: CallSession, onProblem: () => void): ScreenShare {
  const [track, setTrack] = useState<MediaStreamTrack>()
  const stream = useRef<MediaStream>(undefined)
  const isPossible = 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices

  const stop = useCallback(() => {
    for (const each of stream.current?.getTracks() ?? []) each.stop()
    stream.current = undefined
    setTrack(undefined)
    // A call that is over has nothing to end.
    for (const source of ['screen', 'screen-audio'] as const)
      void session.setTrack(source, undefined).catch(() => undefined)
  }, [session])
  useEffect(
    () => () => {
      for (const each of stream.current?.getTracks() ?? []) each.stop()
    },
    [],
  )

  const start = async (): Promise<void> => {
    const opened = await navigator.mediaDevices.getDisplayMedia(wanted)
    const [video] = opened.getVideoTracks()
    const [sound] = opened.getAudioTracks()
    if (video === undefined) return
    // The call ended while the browser asked which screen.
    if (session.state().status === 'ended') return opened.getTracks().forEach((each) => each.stop())
    video.contentHint = 'detail'
    video.addEventListener('ended', () => {
      if (stream.current === opened) stop()
    })
    stream.current = opened
    setTrack(video)
    await Promise.all([
      session.setTrack('screen', video),
      sound === undefined ? undefined : session.setTrack('screen-audio', sound),
    ])
  }
  return {
    track,
    isPossible,
    toggle: () => {
      if (track !== undefined) return stop()
      start().catch((error: unknown) => {
        // Thought better of it: no news to the one who did.
        if (!(error instanceof DOMException && error.name === 'NotAllowedError')) onProblem()
      })
    },
  }
}
