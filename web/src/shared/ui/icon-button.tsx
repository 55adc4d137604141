import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { classNames } from './class-names.ts'
import styles from './icon-button.module.css'

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  readonly icon: LucideIcon
  /** What the button does, for screen readers and as tooltip. */
  readonly label: string
  /** Icon size in px, 22 by default; the hit target is 44 px on touch anyway. */
  readonly iconSize?: number
  readonly tone?: 'plain' | 'accent' | 'danger'
  /** Drawn filled: for toggles that are on. */
  readonly isFilled?: boolean
}

export function IconButton({
  icon: Icon,
  label,
  iconSize = 22,
  tone = 'plain',
  isFilled = false,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      // eslint-disable-next-line react/button-has-type -- the default is 'button'
      type={type}
      aria-label={label}
      title={label}
      className={classNames(styles['button'], styles[tone], className)}
    >
      <Icon size={iconSize} strokeWidth={1.9} fill={isFilled ? 'currentColor' : 'none'} aria-hidden="true" />
    </button>
  )
}
