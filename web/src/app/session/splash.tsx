import { useTranslation } from 'react-i18next'
import { Logo } from '../../shared/brand/logo.tsx'
import styles from './splash.module.css'

/** While the session is restored. Nothing is drawn at first: usually it is over before anybody could see it. */
export function Splash() {
  const { t } = useTranslation()
  return (
    <output className={styles['splash']} aria-label={t('common.loading')}>
      <Logo size={64} />
    </output>
  )
}
