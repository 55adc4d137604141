import { Phone, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { useCalling } from '../../../state/call-context.ts'
import { useAppSelector } from '../../../state/hooks.ts'
import styles from './call-banner.module.css'

/** Faces that fit on a phone; the number tells the rest. */
const mostFaces = 4

/** A call runs in this room: who is in it, and the way in. */
export function CallBanner({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const { callOf, myRoomId, start } = useCalling()
  const profiles = useAppSelector((state) => state.people.profiles)
  const call = callOf(roomId)
  if (!call || myRoomId === roomId) return null
  const nameOf = (userId: string): string => profiles[userId]?.displayName ?? t('people.noName')
  const faces = call.userIds.slice(0, mostFaces)
  return (
    <div className={styles['banner']} role="status" data-call-banner>
      {call.isVideo ? <Video size={18} aria-hidden="true" /> : <Phone size={18} aria-hidden="true" />}
      <span className={styles['faces']} aria-hidden="true">
        {faces.map((userId) => (
          <Avatar key={userId} person={{ userId, displayName: nameOf(userId) }} size="xs" />
        ))}
      </span>
      <span className={styles['words']}>
        <strong>{t('call.running', { count: call.userIds.length })}</strong>
        <span className={styles['names']}>{faces.map(nameOf).join(', ')}</span>
      </span>
      <Button variant="primary" size="sm" onClick={() => start(roomId, call.isVideo)}>
        {t('call.join')}
      </Button>
    </div>
  )
}
