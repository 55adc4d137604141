import { classNames } from './class-names.ts'
import styles from './skeleton.module.css'

export interface SkeletonProps {
  /** Any CSS length. */
  readonly width?: string
  readonly height?: string
  readonly shape?: 'line' | 'squircle' | 'block'
  readonly className?: string
}

/** A place where something will be, in its real shape. Silent: the region around it says aria-busy. */
export function Skeleton({ width = '100%', height = '1em', shape = 'line', className }: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(styles['skeleton'], styles[shape], className)}
      style={{ width, height }}
    />
  )
}
