import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

const pageSize = 50

/** Everybody who has an account here, page by page. */
export function AccountList() {
  const { t } = useTranslation()
  const client = useClient()
  const language = useLanguage()
  const { isBusy, run } = useRun()
  const loaded = useLoad(useCallback(() => client.api.listAccounts({ limit: pageSize }), [client]))
  const cursor = loaded.status === 'ready' ? loaded.value.nextCursor : undefined
  const loadMore = async () => {
    if (loaded.status !== 'ready' || cursor === undefined) return
    const next = await client.api.listAccounts({ limit: pageSize, cursor })
    loaded.setValue({ ...next, accounts: [...loaded.value.accounts, ...next.accounts] })
  }

  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('settings.accounts')}</h2>
      {loaded.status === 'failed' ? (
        <LoadFailed error={loaded.error} onRetry={loaded.retry} />
      ) : loaded.status === 'loading' ? (
        <RowSkeletons count={3} />
      ) : (
        <ul className={styles['card']}>
          {loaded.value.accounts.map((account) => (
            <li key={account.userId} className={styles['device']}>
              <span className={styles['words']}>
                <span className={styles['name']}>@{account.handle}</span>
                <span className={styles['detail']}>
                  {t('settings.joined', { date: formatDate(account.createdAt, language) })}
                </span>
              </span>
              {account.isOperator && <span className={styles['tag']}>{t('settings.operatorBadge')}</span>}
            </li>
          ))}
        </ul>
      )}
      {cursor !== undefined && (
        <Button isBusy={isBusy} onClick={() => void run(loadMore)}>
          {t('settings.accountsMore')}
        </Button>
      )}
    </section>
  )
}
