import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { MessageText } from './message-text.tsx'
import styles from './full-text-dialog.module.css'

/** A long message on a page of its own, so that unfolding it moves nothing in the room. */
export function FullTextDialog({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog isOpen onClose={onClose} shape="full" title={t('room.fullText')} className={styles['page'] ?? ''}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the keyboard */}
      <div className={styles['text']} tabIndex={0}>
        <MessageText text={text} />
      </div>
    </Dialog>
  )
}
