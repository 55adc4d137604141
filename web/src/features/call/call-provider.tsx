import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { CallState } from '@our-now/client/call/call-state.ts'
import type { CallSummary } from '@our-now/contracts/media.ts'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../shared/ui/toast.tsx'
import { CallContext, type Calling } from '../../state/call-context.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { IncomingCall } from './incoming-call.tsx'
import { openLocalMedia } from './open-local-media.ts'

const CallScreen = lazy(async () => ({ default: (await import('./call-screen.tsx')).CallScreen }))

/** The call this device is in, above all screens: it goes on while one reads elsewhere. */
export function CallProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const client = useClient()
  const toast = useToast()
  const myUserId = useAppSelector(selectMyUserId)
  const rooms = useAppSelector((state) => state.rooms.rooms)
  const [calls, setCalls] = useState<Readonly<Record<string, CallSummary | undefined>>>({})
  const [ringing, setRinging] = useState<{ readonly roomId: string; readonly call: CallSummary }>()
  const [mine, setMine] = useState<{
    readonly roomId: string
    readonly session: CallSession
    readonly tracks: MediaStreamTrack[]
  }>()
  const [state, setState] = useState<CallState>()
  const seen = useRef(new Set<string>())

  const note = useCallback((roomId: string, call: CallSummary | undefined) => {
    setCalls((known) => ({ ...known, [roomId]: call }))
  }, [])
  useEffect(
    () =>
      client.on('call-changed', ({ roomId, call }) => {
        note(roomId, call)
        const isForMe = call !== undefined && myUserId !== undefined && !call.userIds.includes(myUserId)
        setRinging((now) => {
          if (!isForMe) return now?.roomId === roomId ? undefined : now
          if (rooms[roomId]?.kind !== 'direct' || seen.current.has(call.callId)) return now
          seen.current.add(call.callId)
          return { roomId, call }
        })
      }),
    [client, myUserId, note, rooms],
  )

  const start = useCallback(
    async (roomId: string, isVideo: boolean) => {
      setRinging(undefined)
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
        if (next.end !== 'left') toast({ text: t('call.ended') })
      })
      for (const track of tracks)
        await session.setTrack(track.kind === 'audio' ? 'microphone' : 'camera', track).catch(() => undefined)
    },
    [client, mine, t, toast],
  )
  const calling = useMemo<Calling>(
    () => ({
      callOf: (roomId) => calls[roomId],
      myRoomId: mine?.roomId,
      start: (roomId, isVideo) => void start(roomId, isVideo),
      look: (roomId) => {
        client.command('call:get', { roomId }).then(
          ({ call }) => note(roomId, call),
          // The next push or look tells.
          () => undefined,
        )
      },
    }),
    [calls, client, mine, note, start],
  )

  return (
    <CallContext value={calling}>
      {children}
      {ringing && !mine && (
        <IncomingCall
          userId={ringing.call.startedBy}
          roomId={ringing.roomId}
          onAccept={() => void start(ringing.roomId, ringing.call.isVideo)}
          onDecline={() => setRinging(undefined)}
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
