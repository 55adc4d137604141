import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useTranslation } from 'react-i18next'
import { formatDay, formatTime } from '../../../shared/format/format-time.ts'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { useAppSelector } from '../../../state/hooks.ts'
import { selectUnreadCounter } from '../../../state/message-selectors.ts'
import { selectProfile } from '../../../state/people-selectors.ts'
import type { MessageRow } from '../message-list/rows.ts'
import styles from './message-info-dialog.module.css'

export interface MessageInfoDialogProps {
  readonly room: RoomSummary
  readonly row: MessageRow
  readonly onClose: () => void
}

/** Who, when, and how many have read it. Who exactly has read stays unsaid. */
export function MessageInfoDialog({ room, row, onClose }: MessageInfoDialogProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { message, isMine } = row
  const author = useAppSelector((state) => selectProfile(state, message.authorId))
  const unread = useAppSelector((state) => selectUnreadCounter(state, room.roomId)?.numberOf(message))
  const hasReaders = room.kind !== 'self' && message.deletedAt === undefined && unread !== undefined
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="alert"
      title={t('room.info')}
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <dl className={styles['facts']}>
        <dt>{t('room.infoFrom')}</dt>
        <dd>
          <bdi>{isMine ? t('room.mine') : (author?.displayName ?? t('people.noName'))}</bdi>
        </dd>
        <dt>{t('room.infoAt')}</dt>
        <dd>
          {formatDay(message.sentAt, language)} {formatTime(message.sentAt, language)}
        </dd>
        {hasReaders && (
          <>
            <dt>{t('room.infoRead')}</dt>
            <dd>{unread === 0 ? t('room.readByAll') : t('room.unreadBy', { count: unread })}</dd>
          </>
        )}
      </dl>
    </Dialog>
  )
}
