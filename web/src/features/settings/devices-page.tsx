import type { Session } from '@our-now/contracts/auth.ts'
import { MonitorSmartphone } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo, formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useNow } from '../../shared/use-now.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

/** Where I am signed in, and a way to end each. */
export function DevicesPage() {
  const { t } = useTranslation()
  const client = useClient()
  const { run } = useRun()
  const loaded = useLoad(useCallback(() => client.api.listSessions({}), [client]))
  const [ending, setEnding] = useState<Session>()

  if (loaded.status === 'failed') return <LoadFailed error={loaded.error} onRetry={loaded.retry} />
  if (loaded.status === 'loading') return <RowSkeletons count={3} />
  const { sessions } = loaded.value
  return (
    <div className={styles['page']}>
      <ul className={styles['card']}>
        {sessions.map((session) => (
          <Device key={session.sessionId} session={session} onEnd={() => setEnding(session)} />
        ))}
      </ul>
      {ending && (
        <ConfirmDialog
          isOpen
          onClose={() => setEnding(undefined)}
          title={t('settings.endSessionTitle')}
          description={t('settings.endSessionText', { device: ending.deviceName })}
          confirmLabel={t('settings.endSession')}
          isDangerous
          onConfirm={async () => {
            const { sessionId } = ending
            const isDone = await run(() => client.api.endSession({ sessionId }), t('settings.sessionEnded'))
            if (isDone)
              loaded.setValue({ sessions: sessions.filter((session) => session.sessionId !== sessionId) })
          }}
        />
      )}
    </div>
  )
}

function Device({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nowMs = useNow()
  return (
    <li className={styles['device']}>
      <MonitorSmartphone size={22} className={styles['deviceIcon']} aria-hidden="true" />
      <span className={styles['words']}>
        <bdi className={styles['name']}>
          {session.deviceName === '' ? t('settings.unknownDevice') : session.deviceName}
        </bdi>
        <span className={styles['detail']}>
          {t('settings.lastUsed', { time: formatAgo(session.lastUsedAt, nowMs, language) })}
          {' · '}
          {t('settings.signedInAt', { date: formatDate(session.createdAt, language) })}
          {session.secondFactor !== undefined && ` · ${t(`settings.byWay.${session.secondFactor}`)}`}
        </span>
      </span>
      {session.isCurrent ? (
        <span className={styles['tag']}>{t('settings.thisDevice')}</span>
      ) : (
        <Button size="sm" onClick={onEnd}>
          {t('settings.endSession')}
        </Button>
      )}
    </li>
  )
}
