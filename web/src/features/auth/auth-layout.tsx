import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../../shared/brand/logo.tsx'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import styles from './auth-layout.module.css'

export interface AuthLayoutProps {
  readonly title: string
  /** One sentence that explains where one is: invited, first, closed. */
  readonly note?: string | undefined
  readonly children: ReactNode
  readonly footer?: ReactNode
}

/** One screen: the house on one side (desktop only), the form on the other. */
export function AuthLayout({ title, note, children, footer }: AuthLayoutProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['page']}>
      <Scene />
      <main className={styles['side']}>
        <div className={styles['form']}>
          <header className={styles['header']}>
            <span className={styles['brand']}>
              <Logo size={56} />
            </span>
            <h1 className={styles['title']}>{title}</h1>
            <p className={styles['tagline']}>{t('common.tagline')}</p>
          </header>
          {note !== undefined && <p className={styles['note']}>{note}</p>}
          {children}
          {footer !== undefined && <footer className={styles['footer']}>{footer}</footer>}
        </div>
      </main>
    </div>
  )
}

/** What it is like inside, in three lines. Decoration. */
function Scene() {
  const { t } = useTranslation()
  return (
    <aside className={styles['scene']} aria-hidden="true">
      <div className={styles['wordmark']}>
        <Logo size={36} />
        <span>{t('common.appName')}</span>
      </div>
      <div className={styles['talk']}>
        <div className={styles['line']}>
          <Avatar
            person={{ userId: 'scene-ada', displayName: t('auth.sceneAda') }}
            size="md"
            presence="online"
          />
          <div>
            <span className={styles['name']}>{t('auth.sceneAda')}</span>
            <span className={styles['bubble']}>{t('auth.sceneOne')}</span>
          </div>
        </div>
        <div className={classNames(styles['line'], styles['own'])}>
          <span className={styles['count']}>1</span>
          <span className={styles['bubble']}>{t('auth.sceneTwo')}</span>
        </div>
        <div className={styles['line']}>
          <Avatar
            person={{ userId: 'scene-ben', displayName: t('auth.sceneBen') }}
            size="md"
            presence="online"
          />
          <div>
            <span className={styles['name']}>{t('auth.sceneBen')}</span>
            <span className={styles['bubble']}>{t('auth.sceneThree')}</span>
          </div>
        </div>
      </div>
      <p className={styles['sceneTagline']}>{t('common.tagline')}</p>
    </aside>
  )
}
