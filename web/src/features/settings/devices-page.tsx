import type { Session } from '@our-now/contracts/auth.ts'
import { MonitorSmartphone } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo, formatDate } from '../../shared/format/format-time.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

/** Where I am signed in, and a way to end each. */
export function DevicesPage() {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const { run } = useRun()
  const [sessions, setSessions] = useState<readonly Session[]>()
  const [failure, setFailure] = useState<unknown>()
  const [ending, setEnding] = useState<Session>()

  const load = useCallback(() => {
    setFailure(undefined)
    client.api.listSessions({}).then((reply) => setSessions(reply.sessions), setFailure)
  }, [client])
  useEffect(load, [load])

  if (failure !== undefined)
    return (
      <EmptyState isError action={<Button onClick={load}>{t('common.retry')}</Button>}>
        {errorText(failure)}
      </EmptyState>
    )
  if (!sessions) return <RowSkeletons count={3} />
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
            if (isDone) setSessions(sessions.filter((session) => session.sessionId !== sessionId))
          }}
        />
      )}
    </div>
  )
}

function Device({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <li className={styles['device']}>
      <MonitorSmartphone size={22} className={styles['deviceIcon']} aria-hidden="true" />
      <span className={styles['words']}>
        <bdi className={styles['name']}>
          {session.deviceName === '' ? t('settings.unknownDevice') : session.deviceName}
        </bdi>
        <span className={styles['detail']}>
          {t('settings.lastUsed', { time: formatAgo(session.lastUsedAt, Date.now(), language) })}
          {' · '}
          {t('settings.signedInAt', { date: formatDate(session.createdAt, language) })}
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
