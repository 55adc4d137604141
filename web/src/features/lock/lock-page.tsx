import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { Choices } from '../../shared/ui/choices.tsx'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { lockMinutes, settingsChanged, type LockMinutes } from '../../state/settings-slice.ts'
import { deviceLock } from './device-lock.ts'
import styles from './lock-page.module.css'

/** When this device locks by itself, and a lock at once. */
export function LockPage() {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const minutes = useAppSelector((state) => state.settings.lockMinutes)
  const userId = useAppSelector((state) =>
    state.session.status === 'signed-in' ? state.session.account.userId : undefined,
  )
  const choose = (value: string) => {
    const chosen: LockMinutes | undefined = lockMinutes.find((option) => String(option) === value)
    if (chosen === undefined) return
    deviceLock.noteUsed(Date.now())
    dispatch(settingsChanged({ lockMinutes: chosen }))
  }
  return (
    <div className={styles['page']}>
      <p className={styles['text']}>{t('lock.pageText')}</p>
      <Choices
        label={t('lock.after')}
        value={String(minutes)}
        options={lockMinutes.map((option) => ({
          value: String(option),
          label: option === 0 ? t('lock.never') : t('lock.minutes', { count: option }),
        }))}
        onChange={choose}
      />
      <Button
        fullWidth
        disabled={userId === undefined}
        onClick={() => userId !== undefined && deviceLock.lock(userId)}
      >
        <Lock size={18} aria-hidden="true" />
        {t('lock.now')}
      </Button>
      <p className={styles['text']}>{t('lock.limits')}</p>
    </div>
  )
}
