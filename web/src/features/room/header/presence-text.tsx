import type { PresenceState } from '@our-now/contracts/presence.ts'
import { useTranslation } from 'react-i18next'
import { formatAgo } from '../../../shared/format/format-time.ts'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import { useNow } from '../../../shared/use-now.ts'
import { classNames } from '../../../shared/ui/class-names.ts'
import styles from './room-header.module.css'

/** `접속 중`, `자리 비움`, or when somebody was here last. */
export function PresenceText({ presence }: { readonly presence: PresenceState }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nowMs = useNow()
  const { status, lastSeenAt } = presence
  if (status === 'offline')
    return lastSeenAt === undefined ? null : (
      <span className={styles['presence']}>
        {t('common.lastSeen', { time: formatAgo(lastSeenAt, nowMs, language) })}
      </span>
    )
  return (
    <span className={classNames(styles['presence'], status === 'online' && styles['online'])}>
      {t(status === 'online' ? 'common.presenceOnline' : 'common.presenceAway')}
    </span>
  )
}
