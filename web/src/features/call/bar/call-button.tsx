import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { classNames } from '../../../shared/ui/class-names.ts'
import styles from './bar.module.css'

export interface CallButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  readonly icon: LucideIcon
  /** What the button does. */
  readonly label: string
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string
  /** `off`: what it stands for does not flow; `on`: something unusual is on; `leave`: red. */
  readonly tone?: 'plain' | 'off' | 'on' | 'leave'
}

/** A round button of a call, large enough for a thumb. */
export function CallButton({
  icon: Icon,
  label,
  shortcut,
  tone = 'plain',
  className,
  ...rest
}: CallButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      className={classNames(styles['button'], styles[tone], className)}
    >
      <Icon size={22} strokeWidth={1.9} aria-hidden="true" />
    </button>
  )
}
