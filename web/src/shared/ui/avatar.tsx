import { useId } from 'react'
import { avatarColours, initialOf } from './avatar-colours.ts'
import { classNames } from './class-names.ts'
import styles from './avatar.module.css'

export type AvatarSize = 'xs' | 'sm' | 'md' | 'lg' | 'xl'

interface AvatarPerson {
  readonly userId: string
  readonly displayName: string
}

/** A rounder square than CSS can draw, in a box of 100 × 100. */
const squircle = 'M50 0C12.5 0 0 12.5 0 50s12.5 50 50 50 50-12.5 50-50S87.5 0 50 0Z'

const Picture = ({ person }: { readonly person: AvatarPerson }) => {
  const gradientId = useId()
  const { from, to } = avatarColours(person.userId)
  return (
    <svg viewBox="0 0 100 100" className={styles['picture']} aria-hidden="true" focusable="false">
      <linearGradient id={gradientId} x1="0" y1="0" x2="0.7" y2="1">
        <stop offset="0" stopColor={from} />
        <stop offset="1" stopColor={to} />
      </linearGradient>
      <path d={squircle} fill={`url(#${gradientId})`} />
      <text
        x="50"
        y="50"
        dy="0.36em"
        textAnchor="middle"
        fontSize="42"
        fontWeight="600"
        fill="#fff"
        className={styles['initial']}
      >
        {initialOf(person.displayName)}
      </text>
    </svg>
  )
}

export interface AvatarProps {
  readonly person: AvatarPerson
  readonly size?: AvatarSize
  /** Draws the dot; `offline` and absent draw none. The word belongs into the row's accessible name. */
  readonly presence?: 'online' | 'away' | 'offline' | undefined
  readonly className?: string
}

/** A person's picture: decoration beside the name, therefore silent for screen readers. */
export function Avatar({ person, size = 'md', presence, className }: AvatarProps) {
  return (
    <span className={classNames(styles['avatar'], styles[size], className)} aria-hidden="true">
      <Picture person={person} />
      {(presence === 'online' || presence === 'away') && (
        <span className={classNames(styles['dot'], styles[presence])} />
      )}
    </span>
  )
}

export interface AvatarMosaicProps {
  /** The others in the room; the first four are drawn. */
  readonly people: readonly AvatarPerson[]
  readonly size?: AvatarSize
  readonly className?: string
}

/** A room's picture: one person large, two on the diagonal, three as a pyramid, four in a square. */
export function AvatarMosaic({ people, size = 'md', className }: AvatarMosaicProps) {
  const shown = people.slice(0, 4)
  const [only] = shown
  if (shown.length === 1 && only !== undefined)
    return <Avatar person={only} size={size} {...(className === undefined ? {} : { className })} />
  return (
    <span
      className={classNames(styles['avatar'], styles[size], styles['mosaic'], className)}
      data-count={shown.length}
      aria-hidden="true"
    >
      {shown.length === 0 ? (
        <span className={styles['nobody']} />
      ) : (
        shown.map((person) => (
          <span key={person.userId} className={styles['tile']}>
            <Picture person={person} />
          </span>
        ))
      )}
    </span>
  )
}
