import type { Account } from '@our-now/contracts/auth.ts'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

const pageSize = 50

interface Loaded {
  readonly accounts: readonly Account[]
  readonly nextCursor?: string
}

/** Everybody who has an account here, page by page. */
export function AccountList() {
  const { t } = useTranslation()
  const client = useClient()
  const language = useLanguage()
  const { isBusy, run } = useRun()
  const [loaded, setLoaded] = useState<Loaded>()
  const loadPage = useCallback(
    async (before?: Loaded) => {
      const cursor = before?.nextCursor
      const reply = await client.api.listAccounts({
        limit: pageSize,
        ...(cursor !== undefined && { cursor }),
      })
      setLoaded({ ...reply, accounts: [...(before?.accounts ?? []), ...reply.accounts] })
    },
    [client],
  )
  useEffect(() => {
    loadPage().catch(() => setLoaded({ accounts: [] }))
  }, [loadPage])

  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('settings.accounts')}</h2>
      {!loaded ? (
        <RowSkeletons count={3} />
      ) : (
        <ul className={styles['card']}>
          {loaded.accounts.map((account) => (
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
      {loaded?.nextCursor !== undefined && (
        <Button isBusy={isBusy} onClick={() => void run(() => loadPage(loaded))}>
          {t('settings.accountsMore')}
        </Button>
      )}
    </section>
  )
}
