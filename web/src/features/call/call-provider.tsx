import { lazy, Suspense, useEffect, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { makeWay } from '../../shared/ui/make-way.ts'
import { useToast } from '../../shared/ui/toast.tsx'
import { CallContext, type Calling } from '../../state/call-context.ts'
import { CallConnecting } from './call-connecting.tsx'
import { IncomingCall, LockedRing } from './incoming-call.tsx'
import { useCallChoices } from './use-call-choices.ts'
import { useKnocks } from './use-knocks.ts'
import { useMyCall } from './use-my-call.ts'
import { useRoomCalls } from './use-room-calls.ts'

const CallScreen = lazy(async () => ({ default: (await import('./call-screen.tsx')).CallScreen }))
const CallPreview = lazy(async () => ({ default: (await import('./preview/call-preview.tsx')).CallPreview }))

export interface CallProviderProps {
  /** Calls say nothing of themselves then, and one that is on ends: whoever sees the lock is not known. */
  readonly isLocked: boolean
  /** Whether this device is in a call. */
  readonly onCalling: (isCalling: boolean) => void
  readonly onOpenRoom: (roomId: string) => void
  readonly onOpenDoctor: () => void
  readonly children: ReactNode
}

/** The call this device is in, above all screens: it goes on while one reads elsewhere. */
export function CallProvider({ isLocked, onCalling, onOpenRoom, onOpenDoctor, children }: CallProviderProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const [choices, choose] = useCallChoices()
  useKnocks()
  const { calls, ringing, stopRinging, decline, look } = useRoomCalls()
  const { mine, start, join, cancel } = useMyCall(choices, (end) => {
    if (end === 'left') return
    const doctor = { label: t('call.findCause'), onSelect: onOpenDoctor }
    toast({ text: t(`call.end.${end}`), ...(end === 'failed' ? { action: doctor, timeoutMs: 15_000 } : {}) })
  })
  const isCalling = mine?.step === 'call'
  useEffect(() => onCalling(isCalling), [isCalling, onCalling])
  useEffect(() => {
    if (isLocked) cancel()
  }, [isLocked, cancel])
  const myRoomId = mine?.step === 'call' ? mine.roomId : undefined
  const calling = useMemo<Calling>(
    () => ({
      callOf: (roomId) => calls[roomId],
      myRoomId,
      start: (roomId, isVideo) => {
        stopRinging()
        start(roomId, isVideo, { isAtOnce: false })
      },
      look,
    }),
    [calls, look, myRoomId, start, stopRinging],
  )
  return (
    <CallContext value={calling}>
      {children}
      {ringing && isLocked && <LockedRing roomId={ringing.roomId} />}
      {ringing && (!mine || mine.step === 'preview') && !isLocked && (
        <IncomingCall
          call={ringing.call}
          roomId={ringing.roomId}
          onAccept={() => {
            stopRinging()
            makeWay()
            // Somebody waits: no mirror now.
            start(ringing.roomId, ringing.call.isVideo, { isAtOnce: true, callId: ringing.call.callId })
          }}
          onDecline={decline}
        />
      )}
      {mine?.step === 'starting' && !mine.isPreviewed && <CallConnecting onLeave={cancel} />}
      <Suspense fallback={mine?.step === 'call' ? <CallConnecting onLeave={cancel} /> : null}>
        {(mine?.step === 'preview' || (mine?.step === 'starting' && mine.isPreviewed)) && (
          <CallPreview
            roomId={mine.roomId}
            isJoining={calls[mine.roomId] !== undefined}
            media={mine.media}
            choices={choices}
            onChoose={choose}
            onJoin={join}
            onCancel={cancel}
          />
        )}
        {mine?.step === 'call' && (
          <CallScreen
            key={mine.roomId}
            roomId={mine.roomId}
            session={mine.session}
            state={mine.state}
            media={mine.media}
            choices={choices}
            onChoose={choose}
            onOpenRoom={() => onOpenRoom(mine.roomId)}
            onOpenDoctor={onOpenDoctor}
          />
        )}
      </Suspense>
    </CallContext>
  )
}
