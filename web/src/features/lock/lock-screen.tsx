import { ScanFace } from 'lucide-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../../shared/password/password-field.tsx'
import { usePasswordSubmit } from '../../shared/password/use-password-submit.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { Spinner } from '../../shared/ui/spinner.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useAppDispatch, useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { signOut } from '../../state/session-thunks.ts'
import styles from './lock-screen.module.css'

const FaceCheck = lazy(async () => ({
  default: (await import('../../shared/camera/face-check.tsx')).FaceCheck,
}))

const purpose = 'unlock'

export interface LockScreenProps {
  readonly userId: string
  readonly onUnlocked: () => void
}

/** Nothing of the app is there until the person has shown that it is them. */
export function LockScreen({ userId, onUnlocked }: LockScreenProps) {
  const { t } = useTranslation()
  const client = useClient()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const me = useAppSelector(selectMe)
  const faces = useLoad(useCallback(() => client.api.getFaceSettings(), [client]))
  const mayShowFace =
    faces.status === 'ready' && faces.value.isOn && faces.value.enrolment?.isCurrent === true
  const [way, setWay] = useState<'password' | 'face'>('password')
  const [note, setNote] = useState<string>()
  const [isLeaving, setLeaving] = useState(false)

  return (
    <main className={styles['page']}>
      <div className={styles['box']}>
        {me && <Avatar person={me} size="xl" />}
        <h1 className={styles['title']}>{me?.displayName ?? t('lock.title')}</h1>
        <p className={styles['text']}>{note ?? t(way === 'face' ? 'auth.byFaceText' : 'lock.text')}</p>
        {way === 'face' ? (
          <Suspense fallback={<Spinner size={32} />}>
            <FaceCheck
              begin={() => client.api.createChallenge({ userId, purpose })}
              complete={async (challengeId, frames) => {
                const { passed, reason, triesLeft } = await client.api.verifyChallenge({
                  challengeId,
                  userId,
                  purpose,
                  frames,
                })
                if (!passed) return { reason: reason ?? 'no_match', triesLeft }
                onUnlocked()
                return undefined
              }}
              onLocked={(why) => {
                setNote(why)
                setWay('password')
              }}
            />
          </Suspense>
        ) : (
          <PasswordForm handle={me?.handle ?? ''} onUnlocked={onUnlocked} />
        )}
        {way === 'face' ? (
          <Button variant="quiet" onClick={() => setWay('password')}>
            {t('lock.byPassword')}
          </Button>
        ) : (
          mayShowFace && (
            <Button variant="quiet" onClick={() => setWay('face')}>
              <ScanFace size={18} aria-hidden="true" />
              {t('auth.byFace')}
            </Button>
          )
        )}
        <Button variant="quiet" size="sm" onClick={() => setLeaving(true)}>
          {t('settings.signOut')}
        </Button>
      </div>
      {isLeaving && (
        <ConfirmDialog
          isOpen
          onClose={() => setLeaving(false)}
          title={t('settings.signOutTitle')}
          description={t('settings.signOutText')}
          confirmLabel={t('settings.signOut')}
          onConfirm={async () => {
            await run(() => dispatch(signOut()))
          }}
        />
      )}
    </main>
  )
}

interface PasswordFormProps {
  readonly handle: string
  readonly onUnlocked: () => void
}

function PasswordForm({ handle, onUnlocked }: PasswordFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const { isBusy, failure, submit } = usePasswordSubmit(async (password) => {
    await client.api.confirmPassword({ password })
    onUnlocked()
  })
  return (
    <form className={styles['form']} onSubmit={(event) => void submit(event)} noValidate>
      <PasswordField handle={handle} failure={failure} />
      <Button type="submit" variant="primary" fullWidth isBusy={isBusy}>
        {t('lock.unlock')}
      </Button>
    </form>
  )
}
