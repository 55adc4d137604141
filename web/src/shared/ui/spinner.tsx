import { classNames } from './class-names.ts'
import styles from './spinner.module.css'

export interface SpinnerProps {
  /** Diameter in px, 20 by default. */
  readonly size?: number
  readonly className?: string | undefined
}

/** Purely visual: say in words what is going on (aria-busy, a status line). */
export function Spinner({ size = 20, className }: SpinnerProps) {
  return (
    <svg
      className={classNames(styles['spinner'], className)}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2.4" opacity="0.2" />
      <path
        d="M10 2a8 8 0 0 1 8 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  )
}
