import { useTranslation } from 'react-i18next'
import { Logo } from '../../shared/brand/logo.tsx'
import styles from './settings.module.css'

export function AboutPage() {
  const { t } = useTranslation()
  return (
    <div className={styles['page']}>
      <div className={styles['centre']}>
        <Logo size={72} />
        <h2>{t('common.appName')}</h2>
        <p className={styles['text']}>{t('common.tagline')}</p>
        <p className={styles['text']}>{t('settings.aboutText')}</p>
      </div>
      <div className={styles['card']}>
        <dl className={styles['facts']}>
          <dt>{t('settings.aboutServer')}</dt>
          <dd>{location.host}</dd>
        </dl>
      </div>
    </div>
  )
}
