import type { SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { AuthLayout } from './auth-layout.tsx'
import styles from './auth-form.module.css'
import { SecondStep } from './second-step.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import { useRegistration, type Registration } from './use-registration.ts'

export interface AuthScreenProps {
  /** From an opened invitation link: sign-up comes first. */
  readonly inviteCode?: string | undefined
  /** The server ended the session: said once, so that nobody wonders. */
  readonly wasEnded?: boolean
  /** From a friend's link: said, because nothing else tells that the link still counts. */
  readonly isFromFriend?: boolean
  readonly onRegistered: () => void
}

/** Sign in, or sign up: one screen each. */
export function AuthScreen({
  inviteCode,
  wasEnded = false,
  isFromFriend = false,
  onRegistered,
}: AuthScreenProps) {
  const { t } = useTranslation()
  const asked = useRegistration()
  const registration = asked === 'asking' ? undefined : asked
  const [chosen, setChosen] = useState<'sign-in' | 'sign-up'>()
  const [required, setRequired] = useState<SecondFactorRequired>()
  const [failure, setFailure] = useState<string>()
  const isFirst = registration?.hasAccounts === false
  // Which form comes first is known in a moment: none is drawn that would change under somebody's finger.
  if (asked === 'asking' && inviteCode === undefined) return <output aria-label={t('common.loading')} />
  const shown = chosen ?? (inviteCode !== undefined || isFirst ? 'sign-up' : 'sign-in')

  if (required)
    return (
      <SecondStep
        required={required}
        onBack={(why) => {
          setRequired(undefined)
          setFailure(why)
        }}
      />
    )
  if (shown === 'sign-in')
    return (
      <AuthLayout
        title={t('auth.signInTitle')}
        note={wasEnded ? t('auth.sessionEnded') : isFromFriend ? t('auth.friendLink') : undefined}
        footer={
          <>
            <span className={styles['switch']}>
              {t('auth.noAccountYet')}
              <Button variant="quiet" size="sm" onClick={() => setChosen('sign-up')}>
                {t('auth.signUp')}
              </Button>
            </span>
            <span>{t('auth.forgot')}</span>
          </>
        }
      >
        <SignInForm note={failure} onSecondStep={setRequired} />
      </AuthLayout>
    )

  const note = signUpNote(registration, inviteCode) ?? (isFromFriend ? 'auth.friendLink' : undefined)
  const mayTry = isFirst || registration?.mode !== 'closed'
  const needsLink = !isFirst && registration?.mode === 'invite' && inviteCode === undefined
  return (
    <AuthLayout
      title={t('auth.signUpTitle')}
      note={note === undefined ? undefined : t(note)}
      footer={
        <span className={styles['switch']}>
          {t('auth.haveAccount')}
          <Button variant="quiet" size="sm" onClick={() => setChosen('sign-in')}>
            {t('auth.signIn')}
          </Button>
        </span>
      }
    >
      {mayTry && !needsLink && <SignUpForm inviteCode={inviteCode} onRegistered={onRegistered} />}
    </AuthLayout>
  )
}

function signUpNote(registration: Registration | undefined, inviteCode: string | undefined) {
  if (registration?.hasAccounts === false) return 'auth.firstAccount'
  if (registration?.mode === 'closed') return 'auth.closed'
  if (inviteCode !== undefined) return 'auth.invited'
  if (registration?.mode === 'invite') return 'auth.inviteNeeded'
  return undefined
}
