import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import styles from './dialog.module.css'
import { useMakeWay } from './make-way.ts'

export interface DialogProps {
  readonly isOpen: boolean
  /** Called for the close button, Escape and a press outside. */
  readonly onClose: () => void
  readonly title: string
  /** Read with the title; shown under it. */
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons at the end: the main one last. */
  readonly actions?: ReactNode
  /** `sheet`: comes up from below on phones; `full`: fills a phone; `alert`: small, centred, must be answered. */
  readonly shape?: 'sheet' | 'full' | 'alert'
  readonly isTitleHidden?: boolean
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly className?: string
}

/** A dialog on a desktop, a sheet or a whole screen on a phone. Focus goes in and returns to where it was. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  actions,
  shape = 'sheet',
  isTitleHidden = false,
  initialFocus,
  className,
}: DialogProps) {
  const { t } = useTranslation()
  const [openedAt] = useState(() => location.pathname)
  useMakeWay(isOpen, onClose)
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <BaseDialog.Portal>
        {/* An alert also dims the dialog it came from. */}
        <BaseDialog.Backdrop className={styles['backdrop']} forceRender={shape === 'alert'} />
        <BaseDialog.Popup
          className={classNames(styles['popup'], styles[shape], className)}
          {...(initialFocus === undefined ? {} : { initialFocus })}
          // Where it led to another screen, the focus is that screen's.
          finalFocus={() => location.pathname === openedAt}
        >
          <header className={classNames(styles['header'], isTitleHidden && styles['bare'])}>
            <BaseDialog.Title className={isTitleHidden ? styles['hidden'] : styles['title']}>
              {title}
            </BaseDialog.Title>
            {shape !== 'alert' && (
              <BaseDialog.Close
                render={<IconButton icon={X} label={t('common.close')} className={styles['close']} />}
              />
            )}
          </header>
          {description !== undefined && (
            <BaseDialog.Description className={styles['description']}>{description}</BaseDialog.Description>
          )}
          {children !== undefined && <div className={styles['body']}>{children}</div>}
          {actions !== undefined && actions !== false && (
            <footer className={styles['actions']}>{actions}</footer>
          )}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
