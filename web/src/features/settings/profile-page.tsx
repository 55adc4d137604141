import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import type { MyProfile } from '@our-now/contracts/people.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { updateProfile } from '../../state/people-thunks.ts'
import styles from './settings.module.css'

/** My name and what I say of myself. */
export function ProfilePage() {
  const me = useAppSelector(selectMe)
  return (
    <div className={styles['page']}>
      {me ? <ProfileForm me={me} /> : <Skeleton shape="block" height="220px" />}
    </div>
  )
}

function ProfileForm({ me }: { readonly me: MyProfile }) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const [displayName, setDisplayName] = useState(me.displayName)
  const [statusMessage, setStatusMessage] = useState(me.statusMessage)
  const isChanged = displayName.trim() !== me.displayName || statusMessage.trim() !== me.statusMessage
  const save = (event: FormEvent) => {
    event.preventDefault()
    const request = { displayName: displayName.trim(), statusMessage: statusMessage.trim() }
    void run(() => dispatch(updateProfile(request)), t('settings.saved'))
  }
  return (
    <form className={styles['form']} onSubmit={save}>
      <div className={styles['centre']}>
        <Avatar person={{ userId: me.userId, displayName }} size="xl" />
        <span className={styles['detail']}>@{me.handle}</span>
      </div>
      <TextField
        label={t('settings.displayName')}
        value={displayName}
        maxLength={200}
        autoComplete="name"
        onChange={(event) => setDisplayName(event.target.value)}
        error={displayName.trim() === '' ? t('errors.name_invalid') : undefined}
      />
      <TextField
        label={t('settings.statusMessage')}
        value={statusMessage}
        maxLength={400}
        autoComplete="off"
        hint={t('settings.statusHint')}
        onChange={(event) => setStatusMessage(event.target.value)}
      />
      <Button
        type="submit"
        variant="primary"
        fullWidth
        isBusy={isBusy}
        disabled={!isChanged || displayName.trim() === ''}
      >
        {t('common.save')}
      </Button>
    </form>
  )
}
