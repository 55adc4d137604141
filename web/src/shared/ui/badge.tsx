import { classNames } from './class-names.ts'
import styles from './badge.module.css'

export interface BadgeProps {
  readonly count: number
  /** Above this the badge says "300+". */
  readonly cap?: number
  /** Muted rooms count too, but quietly. */
  readonly isQuiet?: boolean
  /** In words, such as "12 unread messages". Absent: decoration, said elsewhere. */
  readonly label?: string
  readonly className?: string | undefined
}

/** Nothing at zero. */
export function Badge({ count, cap = 300, isQuiet = false, label, className }: BadgeProps) {
  if (count <= 0) return null
  return (
    <span
      className={classNames(styles['badge'], isQuiet && styles['quiet'], className)}
      aria-hidden={label === undefined ? true : undefined}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
    >
      {count > cap ? `${cap}+` : count}
    </span>
  )
}
