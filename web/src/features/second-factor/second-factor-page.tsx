import type { SecondFactor } from '@our-now/contracts/auth/second-factor.ts'
import { ShieldCheck } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { AskPassword } from '../../shared/password/ask-password.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useLoad } from '../../shared/use-load.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyHandle } from '../../state/people-selectors.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import styles from './second-factor.module.css'
import { SetUpApp } from './set-up-app.tsx'

/** Few enough that somebody should make new ones. */
const fewCodes = 3

/** Two-step sign-in: set up, new recovery codes, off. */
export function SecondFactorPage() {
  const { t } = useTranslation()
  const client = useClient()
  const loaded = useLoad(useCallback(() => client.api.getSecondFactor(), [client]))
  const [codes, setCodes] = useState<readonly string[]>()
  if (loaded.status === 'failed') return <LoadFailed error={loaded.error} onRetry={loaded.retry} />
  if (loaded.status === 'loading') return <RowSkeletons count={3} />
  return (
    <div className={styles['page']}>
      {codes ? (
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(undefined)
            loaded.retry()
          }}
        />
      ) : loaded.value.isOn ? (
        <IsOn factor={loaded.value} onCodes={setCodes} onOff={loaded.setValue} />
      ) : (
        <IsOff onCodes={setCodes} />
      )}
      <p className={styles['detail']}>{t('secondFactor.operatorNote')}</p>
    </div>
  )
}

function IsOff({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const handle = useAppSelector(selectMyHandle)
  const [isAsking, setAsking] = useState(false)
  const [begun, setBegun] = useState<{ secret: string; keyUri: string }>()
  if (begun) return <SetUpApp {...begun} onConfirmed={onCodes} onStopped={() => setBegun(undefined)} />
  return (
    <section className={styles['section']}>
      <ShieldCheck size={40} className={styles['icon']} aria-hidden="true" />
      <h2 className={styles['heading']}>{t('secondFactor.offTitle')}</h2>
      <p className={styles['text']}>{t('secondFactor.offText')}</p>
      <Button variant="primary" fullWidth onClick={() => setAsking(true)}>
        {t('secondFactor.turnOn')}
      </Button>
      {isAsking && (
        <AskPassword
          handle={handle}
          title={t('secondFactor.turnOn')}
          confirmLabel={t('secondFactor.next')}
          onClose={() => setAsking(false)}
          onPassword={async (password) => setBegun(await client.api.beginTotp({ password }))}
        />
      )}
    </section>
  )
}

interface IsOnProps {
  readonly factor: SecondFactor
  readonly onCodes: (codes: readonly string[]) => void
  readonly onOff: (factor: SecondFactor) => void
}

function IsOn({ factor, onCodes, onOff }: IsOnProps) {
  const { t } = useTranslation()
  const client = useClient()
  const toast = useToast()
  const language = useLanguage()
  const handle = useAppSelector(selectMyHandle)
  const [asking, setAsking] = useState<'codes' | 'off'>()
  const { recoveryCodesLeft: left, confirmedAt } = factor
  return (
    <>
      <section className={styles['section']}>
        <ShieldCheck size={40} className={styles['on']} aria-hidden="true" />
        <h2 className={styles['heading']}>{t('secondFactor.onTitle')}</h2>
        <p className={styles['text']}>{t('secondFactor.onText')}</p>
        {confirmedAt !== undefined && (
          <p className={styles['detail']}>
            {t('secondFactor.since', { date: formatDate(confirmedAt, language) })}
          </p>
        )}
      </section>
      <section className={styles['section']}>
        <h2 className={styles['heading']}>{t('secondFactor.codesTitle')}</h2>
        <p className={styles[left < fewCodes ? 'warning' : 'text']}>
          {t('secondFactor.codesLeft', { count: left })}
        </p>
        <Button fullWidth onClick={() => setAsking('codes')}>
          {t('secondFactor.newCodes')}
        </Button>
      </section>
      <Button fullWidth onClick={() => setAsking('off')}>
        {t('secondFactor.turnOff')}
      </Button>
      {asking === 'codes' && (
        <AskPassword
          handle={handle}
          title={t('secondFactor.newCodes')}
          description={t('secondFactor.newCodesText')}
          confirmLabel={t('secondFactor.newCodes')}
          onClose={() => setAsking(undefined)}
          onPassword={async (password) =>
            onCodes((await client.api.createRecoveryCodes({ password })).recoveryCodes)
          }
        />
      )}
      {asking === 'off' && (
        <AskPassword
          handle={handle}
          title={t('secondFactor.turnOffTitle')}
          description={t('secondFactor.turnOffText')}
          confirmLabel={t('secondFactor.turnOff')}
          isDangerous
          onClose={() => setAsking(undefined)}
          onPassword={async (password) => {
            await client.api.turnOffSecondFactor({ password })
            toast({ text: t('secondFactor.turnedOff') })
            onOff({ isOn: false, recoveryCodesLeft: 0 })
          }}
        />
      )}
    </>
  )
}
