import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { MyLink } from './my-link.tsx'
import styles from './welcome-screen.module.css'

export interface WelcomeScreenProps {
  readonly onFind: () => void
  readonly onStart: () => void
}

/** The first screen after signing up: one's own link, large, and nothing else to do. */
export function WelcomeScreen({ onFind, onStart }: WelcomeScreenProps) {
  const { t } = useTranslation()
  const me = useAppSelector(selectMe)
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <h1 className={styles['title']}>{t('people.welcomeTitle', { name: me?.displayName ?? '' })}</h1>
        <p className={styles['text']}>{t('people.welcomeText')}</p>
        <MyLink mayRenew={false} emphasis="secondary" />
        <div className={styles['buttons']}>
          <Button variant="quiet" fullWidth onClick={onFind}>
            {t('people.welcomeFind')}
          </Button>
          <Button variant="primary" fullWidth onClick={onStart}>
            {t('people.welcomeStart')}
          </Button>
        </div>
      </div>
    </main>
  )
}
