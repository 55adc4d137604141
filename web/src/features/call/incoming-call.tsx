import type { CallSummary } from '@our-now/contracts/media.ts'
import { Phone, PhoneOff, Video } from 'lucide-react'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { loadMissingProfiles } from '../../state/people-thunks.ts'
import styles from './call.module.css'
import { startRingTone } from './ring-tone.ts'

/** Somebody rings: answer or not. In a muted room it is only seen. */
export function IncomingCall(props: {
  readonly call: CallSummary
  readonly roomId: string
  readonly onAccept: () => void
  readonly onDecline: () => void
}) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { startedBy: userId, isVideo } = props.call
  const profile = useAppSelector((state) => state.people.profiles[userId])
  useRingTone(props.roomId)
  useEffect(() => {
    // A first call may come from somebody who is in none of my lists.
    if (!profile) void dispatch(loadMissingProfiles([userId])).catch(() => undefined)
  }, [dispatch, profile, userId])
  const name = profile?.displayName ?? t('people.noName')
  const words = t(isVideo ? 'calls.incomingVideo' : 'call.incoming', { name })
  // Beside the dialogs, not below one that is open: that would cover it and hide it from screen readers.
  return createPortal(
    <div role="alertdialog" aria-label={words} className={styles['incoming']}>
      {/* The focus stays where somebody may be writing: the ring is told, not entered. */}
      <span className="visually-hidden" role="alert">
        {words}
      </span>
      <Avatar person={profile ?? { userId, displayName: name }} size="lg" />
      <p className={styles['caller']} aria-hidden="true">
        <bdi>{name}</bdi>
        <span>{t(isVideo ? 'call.video' : 'call.voice')}</span>
      </p>
      <div className={styles['answers']}>
        <Button variant="danger" fullWidth onClick={props.onDecline}>
          <PhoneOff size={18} aria-hidden="true" /> {t('call.decline')}
        </Button>
        <Button fullWidth className={styles['accept'] ?? ''} onClick={props.onAccept}>
          {isVideo ? <Video size={18} aria-hidden="true" /> : <Phone size={18} aria-hidden="true" />}
          {t('call.accept')}
        </Button>
      </div>
    </div>,
    document.body,
  )
}

/** Over the lock: that it rings, not who it is. It is answered once the screen is unlocked. */
export function LockedRing({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  useRingTone(roomId)
  return (
    <div className={styles['incoming']}>
      <p role="alert" className={styles['lockedRing']}>
        {t('call.incomingLocked')}
      </p>
    </div>
  )
}

function useRingTone(roomId: string): void {
  const isSilent = useAppSelector(
    (state) => !state.settings.isSoundOn || state.rooms.rooms[roomId]?.membership.isMuted === true,
  )
  useEffect(() => (isSilent ? undefined : startRingTone()), [isSilent])
}
