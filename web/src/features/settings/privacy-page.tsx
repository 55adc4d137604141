import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Switch } from '../../shared/ui/switch.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { updateProfile } from '../../state/people-thunks.ts'
import styles from './settings.module.css'

export interface PrivacyPageProps {
  readonly onOpenBlocked: () => void
  readonly onOpenHidden: () => void
}

/** Who sees what, and the way to the lists of people who are not in the friends tab. */
export function PrivacyPage({ onOpenBlocked, onOpenHidden }: PrivacyPageProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const me = useAppSelector(selectMe)
  return (
    <div className={styles['page']}>
      <div className={styles['card']}>
        <Switch
          label={t('settings.presence')}
          hint={t('settings.presenceText')}
          isOn={me?.presenceVisible ?? false}
          isDisabled={!me || isBusy}
          onChange={(presenceVisible) => void run(() => dispatch(updateProfile({ presenceVisible })))}
        />
      </div>
      <div className={styles['card']}>
        <button type="button" className={styles['row']} onClick={onOpenBlocked}>
          <span>{t('people.blockedList')}</span>
          <ChevronRight size={18} aria-hidden="true" />
        </button>
        <button type="button" className={styles['row']} onClick={onOpenHidden}>
          <span>{t('people.hiddenList')}</span>
          <ChevronRight size={18} aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}
