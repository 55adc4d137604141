import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './empty-state.module.css'

export interface EmptyStateProps {
  /** One sentence, in voice; of a text with line breaks each line is balanced for itself. */
  readonly children: ReactNode
  /** A small drawing or icon above. */
  readonly picture?: ReactNode
  /** One button. */
  readonly action?: ReactNode
  readonly className?: string
  /** An error is announced. */
  readonly isError?: boolean
}

export function EmptyState({ children, picture, action, className, isError = false }: EmptyStateProps) {
  return (
    <div className={classNames(styles['empty'], className)} role={isError ? 'alert' : undefined}>
      {picture !== undefined && <div className={styles['picture']}>{picture}</div>}
      <div className={styles['text']}>
        {typeof children === 'string'
          ? children.split('\n').map((line) => <p key={line}>{line}</p>)
          : children}
      </div>
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  )
}
