import type { CallLine } from '@our-now/contracts/rooms.ts'
import { Phone, PhoneMissed, PhoneOff, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../shared/ui/class-names.ts'
import { useCalling } from '../../../state/call-context.ts'
import bubble from './bubble.module.css'
import styles from './call-bubble.module.css'

export interface CallBubbleProps {
  readonly roomId: string
  readonly call: CallLine
  readonly isMine: boolean
  readonly isFirst: boolean
  readonly text: string
}

/** A call that is over: what became of it, and one tap to call again. */
export function CallBubble({ roomId, call, isMine, isFirst, text }: CallBubbleProps) {
  const { t } = useTranslation()
  const { start, myRoomId } = useCalling()
  const isMissed = call.outcome === 'missed' && !isMine
  const Icon = isMissed ? PhoneMissed : call.outcome === 'declined' ? PhoneOff : call.isVideo ? Video : Phone
  const side = classNames(isMine ? bubble['own'] : bubble['other'], isFirst && bubble['first'])
  return (
    <div
      data-bubble
      data-call={call.outcome}
      className={classNames(bubble['bubble'], side, styles['call'], isMissed && styles['missed'])}
    >
      <Icon size={18} aria-hidden="true" />
      <span>{text}</span>
      <button
        type="button"
        className={styles['again']}
        disabled={myRoomId !== undefined}
        onClick={() => start(roomId, call.isVideo)}
      >
        {t('calls.again')}
      </button>
    </div>
  )
}
