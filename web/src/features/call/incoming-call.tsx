import { Phone, PhoneOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import styles from './call.module.css'
import { nameIn } from './name-in.ts'

/** Somebody rings: answer or not. */
export function IncomingCall(props: {
  readonly userId: string
  readonly roomId: string
  readonly onAccept: () => void
  readonly onDecline: () => void
}) {
  const { t } = useTranslation()
  const room = useAppSelector((state) => state.rooms.rooms[props.roomId])
  return (
    <div
      role="alertdialog"
      aria-label={t('call.incoming', { name: nameIn(room, props.userId) })}
      className={styles['incoming']}
    >
      <p>{t('call.incoming', { name: nameIn(room, props.userId) })}</p>
      <Button onClick={props.onDecline}>
        <PhoneOff size={18} aria-hidden="true" /> {t('call.decline')}
      </Button>
      <Button onClick={props.onAccept}>
        <Phone size={18} aria-hidden="true" /> {t('call.accept')}
      </Button>
    </div>
  )
}
