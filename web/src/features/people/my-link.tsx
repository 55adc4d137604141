import { RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { LinkBox } from '../../shared/ui/link-box.tsx'
import { QrCode } from '../../shared/ui/qr-code.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './my-link.module.css'

const linkOf = (code: string) => `${location.origin}/add/${code}`

export interface MyLinkProps {
  readonly mayRenew?: boolean
  readonly emphasis?: 'primary' | 'secondary'
}

/** My friend link, large, as QR and as address. */
export function MyLink({ mayRenew = true, emphasis = 'primary' }: MyLinkProps) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const { run } = useRun()
  const [code, setCode] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let isWanted = true
    client.api.getFriendInvite({}).then(
      (invite) => isWanted && setCode(invite.code),
      (error: unknown) => isWanted && setFailure(errorText(error)),
    )
    return () => {
      isWanted = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- errorText is new at every render and says the same
  }, [client, attempt])

  if (failure !== undefined)
    return (
      <EmptyState
        isError
        action={
          <Button
            onClick={() => {
              setFailure(undefined)
              setAttempt(attempt + 1)
            }}
          >
            {t('common.retry')}
          </Button>
        }
      >
        {failure}
      </EmptyState>
    )
  return (
    <div className={styles['link']} aria-busy={code === undefined}>
      {code === undefined ? (
        <>
          <Skeleton shape="block" width="232px" height="232px" className={styles['centre'] ?? ''} />
          <Skeleton shape="block" height="44px" />
          <Skeleton shape="block" height="44px" />
        </>
      ) : (
        <>
          <QrCode text={linkOf(code)} label={t('people.qrLabel')} />
          <LinkBox
            url={linkOf(code)}
            label={t('people.link')}
            shareText={t('people.shareText')}
            emphasis={emphasis}
          />
          {mayRenew && (
            <Button variant="quiet" size="sm" className={styles['centre']} onClick={() => setAsking(true)}>
              <RefreshCw size={16} aria-hidden="true" />
              {t('people.renewLink')}
            </Button>
          )}
        </>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('people.renewTitle')}
        description={t('people.renewText')}
        confirmLabel={t('people.renewLink')}
        onConfirm={async () => {
          await run(async () => setCode((await client.api.rotateFriendInvite({})).code), t('people.renewed'))
        }}
      />
    </div>
  )
}
