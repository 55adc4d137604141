import { ChevronLeft } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import { ScrollContext } from './scroll-context.ts'
import styles from './screen.module.css'

export interface ScreenProps {
  readonly title: string
  /** `large`: the title of a tab; `page`: a page one goes back from. */
  readonly shape?: 'large' | 'page'
  readonly onBack?: () => void
  /** On desktops the list stays beside the page: going back has no meaning there. */
  readonly isBackOnPhonesOnly?: boolean
  readonly actions?: ReactNode
  /** Between the header and what scrolls, such as a search field. */
  readonly toolbar?: ReactNode
  readonly children: ReactNode
  readonly isBusy?: boolean
}

/** A header, and one thing below that scrolls. */
export function Screen({
  title,
  shape = 'page',
  onBack,
  isBackOnPhonesOnly = false,
  actions,
  toolbar,
  children,
  isBusy = false,
}: ScreenProps) {
  const { t } = useTranslation()
  const scrollRef = useRef<HTMLDivElement>(null)
  return (
    <section className={styles['screen']} aria-label={title}>
      <header className={classNames(styles['header'], styles[shape])}>
        {onBack !== undefined && (
          <IconButton
            icon={ChevronLeft}
            iconSize={26}
            label={t('common.back')}
            className={classNames(styles['back'], isBackOnPhonesOnly && styles['phoneOnly'])}
            onClick={onBack}
          />
        )}
        <h1 className={styles['title']}>{title}</h1>
        <div className={styles['actions']}>{actions}</div>
      </header>
      {toolbar !== undefined && <div className={styles['toolbar']}>{toolbar}</div>}
      <div ref={scrollRef} className={styles['scroll']} aria-busy={isBusy || undefined}>
        <ScrollContext value={scrollRef}>{children}</ScrollContext>
      </div>
    </section>
  )
}
