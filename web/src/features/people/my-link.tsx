import { RefreshCw } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { LinkBox } from '../../shared/ui/link-box.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { QrCode } from '../../shared/ui/qr-code.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './my-link.module.css'

export interface MyLinkProps {
  readonly mayRenew?: boolean
  readonly emphasis?: 'primary' | 'secondary'
}

/** My friend link, large, as QR and as address. */
export function MyLink({ mayRenew = true, emphasis = 'primary' }: MyLinkProps) {
  const { t } = useTranslation()
  const client = useClient()
  const { run } = useRun()
  const invite = useLoad(useCallback(() => client.api.getFriendInvite({}), [client]))
  const [isAsking, setAsking] = useState(false)
  if (invite.status === 'failed') return <LoadFailed error={invite.error} onRetry={invite.retry} />
  if (invite.status === 'loading')
    return (
      <div className={styles['link']} aria-busy="true">
        <Skeleton shape="block" width="232px" height="232px" className={styles['centre'] ?? ''} />
        <Skeleton shape="block" height="44px" />
        <Skeleton shape="block" height="44px" />
      </div>
    )
  const url = `${location.origin}/add/${invite.value.code}`
  return (
    <div className={styles['link']}>
      <QrCode text={url} label={t('people.qrLabel')} />
      <LinkBox url={url} label={t('people.link')} shareText={t('people.shareText')} emphasis={emphasis} />
      {mayRenew && (
        <Button variant="quiet" size="sm" className={styles['centre']} onClick={() => setAsking(true)}>
          <RefreshCw size={16} aria-hidden="true" />
          {t('people.renewLink')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('people.renewTitle')}
        description={t('people.renewText')}
        confirmLabel={t('people.renewLink')}
        onConfirm={async () => {
          await run(async () => invite.setValue(await client.api.rotateFriendInvite({})), t('people.renewed'))
        }}
      />
    </div>
  )
}
