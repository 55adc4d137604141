import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { CallPath } from '@our-now/client/call/call-path.ts'
import type { CallEnd, CallState } from '@our-now/client/call/call-state.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from '../../state/hooks.ts'
import type { CallChoices } from './devices/call-choices.ts'
import { createLocalMedia, type LocalMedia } from './devices/local-media.ts'
import { sendLocalMedia } from './devices/send-local-media.ts'

/** The call that one is about to be in, with one's microphone and camera. */
interface Aim {
  readonly roomId: string
  readonly isVideo: boolean
  readonly media: LocalMedia
}

/** Where this device is: before the mirror, on its way, or in a call. Its microphone and camera go with it. */
type MyCall =
  | (Aim & { readonly step: 'preview' })
  | (Aim & {
      readonly step: 'starting'
      /** The mirror is still there. */
      readonly isPreviewed: boolean
    })
  | {
      readonly step: 'call'
      readonly roomId: string
      readonly media: LocalMedia
      readonly session: CallSession
      readonly state: CallState
    }

interface StartHow {
  /** Without the mirror. */
  readonly isAtOnce: boolean
  /** The call that is answered. */
  readonly callId?: string
}

export interface MyCallControls {
  readonly mine: MyCall | undefined
  /** Leaves the call one is in; then the preview, or at once into the call. */
  readonly start: (roomId: string, isVideo: boolean, how: StartHow) => void
  /** From the preview into the call. */
  readonly join: () => void
  readonly cancel: () => void
}

/** One call at a time on this device. */
export function useMyCall(choices: CallChoices, onEnd: (end: CallEnd) => void): MyCallControls {
  const client = useClient()
  const [mine, setMine] = useState<MyCall>()
  const latest = useRef<MyCall>(undefined)
  const tellEnd = useRef(onEnd)
  useEffect(() => {
    tellEnd.current = onEnd
  })
  const put = useCallback((next: MyCall | undefined) => {
    latest.current = next
    setMine(next)
  }, [])

  const enter = useCallback(
    async ({ roomId, isVideo, media }: Aim, isPreviewed: boolean, callId?: string) => {
      const starting = { step: 'starting', roomId, isVideo, media, isPreviewed } as const
      put(starting)
      const [{ joinCall }, path] = await Promise.all([
        import('@our-now/client/call/create-call-session.ts'),
        readPath(),
      ])
      // Thought better of it meanwhile; microphone and camera are off already.
      if (latest.current !== starting) return
      const session = joinCall(client, { roomId, isVideo, path, ...(callId === undefined ? {} : { callId }) })
      const stopSending = sendLocalMedia(session, media)
      put({ step: 'call', roomId, media, session, state: session.state() })
      session.onChange((state) => {
        const now = latest.current
        const isThis = now?.step === 'call' && now.session === session
        if (state.status !== 'ended') return isThis ? put({ ...now, state }) : undefined
        stopSending()
        media.stop()
        if (isThis) put(undefined)
        tellEnd.current(state.end ?? 'failed')
      })
    },
    [client, put],
  )
  const quit = useCallback(() => {
    const now = latest.current
    if (now?.step === 'call') void now.session.leave()
    else now?.media.stop()
    put(undefined)
  }, [put])
  const begin = useCallback(
    (aim: Aim, isPreviewed: boolean, callId?: string) => {
      enter(aim, isPreviewed, callId).catch(() => {
        // The part of the app that carries calls could not be loaded.
        if (latest.current?.media !== aim.media) return
        quit()
        tellEnd.current('failed')
      })
    },
    [enter, quit],
  )
  // A page that goes takes its call with it; the server would notice only later. So does a person who signs out.
  useEffect(() => {
    addEventListener('pagehide', quit)
    return () => {
      removeEventListener('pagehide', quit)
      quit()
    }
  }, [quit])

  return {
    mine,
    start: useCallback(
      (roomId, isVideo, { isAtOnce, callId }) => {
        const now = latest.current
        if (now !== undefined && now.step !== 'preview' && now.roomId === roomId) return
        quit()
        const aim = { roomId, isVideo, media: createLocalMedia({ choices, isVideo }) }
        if (isAtOnce || choices.skipsPreview) begin(aim, false, callId)
        else put({ step: 'preview', ...aim })
      },
      [begin, choices, put, quit],
    ),
    join: useCallback(() => {
      const now = latest.current
      if (now?.step === 'preview') begin(now, true)
    }, [begin]),
    cancel: quit,
  }
}

/** `?call-path=tcp` and the like: to try one way through a network alone. */
async function readPath(): Promise<CallPath> {
  const { isCallPath } = await import('@our-now/client/call/call-path.ts')
  const asked = new URLSearchParams(location.search).get('call-path')
  return isCallPath(asked) ? asked : 'any'
}
