import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { CallState } from '@our-now/client/call/call-state.ts'
import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../shared/ui/toast.tsx'
import { CallContext, type Calling } from '../../state/call-context.ts'
import { useClient } from '../../state/hooks.ts'
import { endText } from './end-text.ts'
import { IncomingCall } from './incoming-call.tsx'
import { openLocalMedia } from './open-local-media.ts'
import { useKnocks } from './use-knocks.ts'
import { useRoomCalls } from './use-room-calls.ts'

const CallScreen = lazy(async () => ({ default: (await import('./call-screen.tsx')).CallScreen }))

/** The call this device is in, above all screens: it goes on while one reads elsewhere. */
export function CallProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const client = useClient()
  const toast = useToast()
  useKnocks()
  const { calls, ringing, stopRinging, decline, look } = useRoomCalls()
  const [mine, setMine] = useState<{
    readonly roomId: string
    readonly session: CallSession
    readonly tracks: MediaStreamTrack[]
  }>()
  const [state, setState] = useState<CallState>()
  const start = useCallback(
    async (roomId: string, isVideo: boolean) => {
      stopRinging()
      if (mine !== undefined) await mine.session.leave()
      const { joinCall } = await import('@our-now/client/call/create-call-session.ts')
      const tracks = await openLocalMedia(isVideo)
      if (tracks.length === 0) toast({ text: t('call.noDevice') })
      const session = joinCall(client, { roomId, isVideo })
      setMine({ roomId, session, tracks })
      setState(session.state())
      session.onChange((next) => {
        setState(next)
        if (next.status !== 'ended') return
        for (const track of tracks) track.stop()
        setMine((now) => (now?.session === session ? undefined : now))
        if (next.end !== undefined && next.end !== 'left') toast({ text: endText(next.end, t) })
      })
      for (const track of tracks)
        await session.setTrack(track.kind === 'audio' ? 'microphone' : 'camera', track).catch(() => undefined)
    },
    [client, mine, stopRinging, t, toast],
  )
  const calling = useMemo<Calling>(
    () => ({
      callOf: (roomId) => calls[roomId],
      myRoomId: mine?.roomId,
      start: (roomId, isVideo) => void start(roomId, isVideo),
      look,
    }),
    [calls, look, mine, start],
  )

  return (
    <CallContext value={calling}>
      {children}
      {ringing && !mine && (
        <IncomingCall
          call={ringing.call}
          roomId={ringing.roomId}
          onAccept={() => void start(ringing.roomId, ringing.call.isVideo)}
          onDecline={decline}
        />
      )}
      {mine && state && (
        <Suspense fallback={null}>
          <CallScreen roomId={mine.roomId} session={mine.session} state={state} localTracks={mine.tracks} />
        </Suspense>
      )}
    </CallContext>
  )
}
