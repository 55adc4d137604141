import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Tabs } from '../../shared/ui/tabs.tsx'
import { FindByHandle } from './find-by-handle.tsx'
import styles from './add-friend-dialog.module.css'
import { MyLink } from './my-link.tsx'

export interface AddFriendDialogProps {
  readonly onClose: () => void
  readonly onOpenChat: (userId: string) => void
  /** The tab that is shown first. */
  readonly start?: 'link' | 'handle'
}

/** Adding somebody: by showing or sending my link, or by their id. */
export function AddFriendDialog({ onClose, onOpenChat, start = 'link' }: AddFriendDialogProps) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<'link' | 'handle'>(start)
  return (
    <Dialog isOpen onClose={onClose} title={t('people.addFriend')}>
      <Tabs
        label={t('people.howToAdd')}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'link',
            label: t('people.byLink'),
            panel: (
              <div className={styles['panel']}>
                <p className={styles['text']}>{t('people.linkText')}</p>
                <MyLink />
              </div>
            ),
          },
          {
            value: 'handle',
            label: t('people.byHandle'),
            panel: <FindByHandle onOpenChat={onOpenChat} />,
          },
        ]}
      />
    </Dialog>
  )
}
