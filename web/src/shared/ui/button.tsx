import type { ComponentPropsWithRef } from 'react'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'
import styles from './button.module.css'

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  /** `primary`: the one thing to do here; `quiet`: without a surface; `danger`: cannot be taken back. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'md' | 'sm'
  readonly fullWidth?: boolean
  /** Shows a spinner and ignores clicks; the button keeps its width and its focus. */
  readonly isBusy?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'md',
  fullWidth = false,
  isBusy = false,
  type = 'button',
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      // eslint-disable-next-line react/button-has-type -- the default is 'button'
      type={type}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      className={classNames(
        styles['button'],
        styles[variant],
        styles[size],
        fullWidth && styles['full'],
        isBusy && styles['busy'],
        className,
      )}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      <span className={styles['label']}>{children}</span>
      {isBusy && <Spinner className={styles['spinner']} size={18} />}
    </button>
  )
}
