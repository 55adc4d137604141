import { Phone, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCalling } from '../../state/call-context.ts'
import styles from './call-mark.module.css'

/** A call runs in the room: what it is and how many are in it. */
export function CallMark({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const call = useCalling().callOf(roomId)
  if (!call) return null
  const Icon = call.isVideo ? Video : Phone
  const count = call.userIds.length
  return (
    <span className={styles['mark']} role="img" aria-label={t('call.running', { count })} data-call-mark>
      <Icon size={12} aria-hidden="true" />
      {count}
    </span>
  )
}
