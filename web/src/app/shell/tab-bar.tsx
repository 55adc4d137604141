import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '../../shared/ui/badge.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { useAppSelector } from '../../state/hooks.ts'
import { badgeCap, selectTotalUnread } from '../../state/room-selectors.ts'
import styles from './tab-bar.module.css'
import { tabs, type TabName } from './tabs.ts'

export interface TabBarProps {
  readonly current: TabName
  /** `bar` along the bottom of a phone, `rail` along the side of a desktop. */
  readonly shape: 'bar' | 'rail'
}

export function TabBar({ current, shape }: TabBarProps) {
  const { t } = useTranslation()
  const unread = useAppSelector(selectTotalUnread)
  return (
    <nav className={classNames(styles['tabs'], styles[shape])} aria-label={t('common.navigation')}>
      {tabs.map(({ name, path, label, icon: Icon }) => {
        const isCurrent = name === current
        const isMarked = name === 'chats' && unread > 0
        return (
          <Link
            key={name}
            to={path}
            // Tabs are no history: back from a tab leaves the app, as on phones.
            replace={shape === 'bar'}
            className={classNames(styles['tab'], isCurrent && styles['current'])}
            aria-current={isCurrent ? 'page' : undefined}
            title={shape === 'rail' ? t(label) : undefined}
          >
            <span className={styles['icon']}>
              <Icon
                size={24}
                strokeWidth={isCurrent ? 2.2 : 1.8}
                fill={isCurrent && name !== 'more' ? 'currentColor' : 'none'}
                aria-hidden="true"
              />
              {isMarked && (
                <Badge
                  count={unread}
                  cap={badgeCap}
                  label={t('common.unread', { count: unread })}
                  className={styles['badge']}
                />
              )}
            </span>
            <span className={styles['label']}>{t(label)}</span>
          </Link>
        )
      })}
    </nav>
  )
}
