import type { RegistrationMode } from '@our-now/contracts/auth.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import { AccountList } from './account-list.tsx'
import { FactorReset } from './factor-reset.tsx'
import { RegistrationInvite } from './registration-invite.tsx'
import { ResetLink } from './reset-link.tsx'
import styles from './settings.module.css'

const modes = [
  { mode: 'open', title: 'settings.registrationOpen', text: 'settings.registrationOpenText' },
  { mode: 'invite', title: 'settings.registrationInvite', text: 'settings.registrationInviteText' },
  { mode: 'closed', title: 'settings.registrationClosed', text: 'settings.registrationClosedText' },
] as const

/** What the operator of this house decides: who may join, and who needs help. */
export function OperatorPage() {
  return (
    <div className={styles['page']}>
      <RegistrationChoice />
      <RegistrationInvite />
      <ResetLink />
      <FactorReset />
      <AccountList />
    </div>
  )
}

function RegistrationChoice() {
  const { t } = useTranslation()
  const client = useClient()
  const { isBusy, run } = useRun()
  const [mode, setMode] = useState<RegistrationMode>()
  useEffect(() => {
    client.api.getRegistration({}).then(
      (reply) => setMode(reply.mode),
      () => undefined, // the choice stays open; choosing says what is wrong
    )
  }, [client])
  const choose = async (next: RegistrationMode) => {
    const before = mode
    setMode(next)
    const isDone = await run(
      () => client.api.setRegistration({ mode: next }),
      t('settings.registrationChanged'),
    )
    if (!isDone) setMode(before)
  }
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('settings.registration')}</h2>
      <div
        className={styles['card']}
        role="radiogroup"
        aria-label={t('settings.registration')}
        aria-busy={isBusy || mode === undefined}
      >
        {modes.map((choice) => (
          <label key={choice.mode} className={styles['radio']}>
            <input
              type="radio"
              name="registration"
              checked={mode === choice.mode}
              disabled={isBusy}
              onChange={() => void choose(choice.mode)}
            />
            <span className={styles['words']}>
              {t(choice.title)}
              <span className={styles['detail']}>{t(choice.text)}</span>
            </span>
          </label>
        ))}
      </div>
    </section>
  )
}
