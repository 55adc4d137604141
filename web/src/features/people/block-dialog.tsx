import type { BlockLevel, Profile } from '@our-now/contracts/people.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../state/hooks.ts'
import { blockUser } from '../../state/people-thunks.ts'
import styles from './block-dialog.module.css'

const levels = [
  { level: 'messages', title: 'people.blockMessages', text: 'people.blockMessagesText' },
  { level: 'profile', title: 'people.blockProfile', text: 'people.blockProfileText' },
] as const

export interface BlockDialogProps {
  readonly person: Profile
  readonly currentLevel?: BlockLevel | undefined
  readonly onClose: () => void
  /** Beside `onClose`, when the person is blocked now. */
  readonly onBlocked?: (() => void) | undefined
}

/** Two levels, each explained by what will be different. */
export function BlockDialog({ person, currentLevel, onClose, onBlocked }: BlockDialogProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const toast = useToast()
  const { isBusy, run } = useRun()
  const [level, setLevel] = useState<BlockLevel>(currentLevel ?? 'messages')
  const name = person.displayName

  const block = async () => {
    const isDone = await run(() => dispatch(blockUser({ userId: person.userId, level })))
    if (!isDone) return
    toast({ text: t('people.blocked', { name }) })
    onClose()
    onBlocked?.()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="alert"
      title={t('people.blockTitle', { name })}
      description={t('people.blockText')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void block()}>
            {t('people.block')}
          </Button>
        </>
      }
    >
      <fieldset className={styles['levels']}>
        <legend className={styles['legend']}>{t('people.block')}</legend>
        {levels.map((choice) => (
          <label key={choice.level} className={styles['level']}>
            <input
              type="radio"
              name="level"
              className={styles['radio']}
              checked={level === choice.level}
              onChange={() => setLevel(choice.level)}
            />
            <span className={styles['words']}>
              {t(choice.title)}
              <span className={styles['text']}>{t(choice.text)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
