import type { Profile } from '@our-now/contracts/people.ts'
import { Check, X } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { matchesText } from '../format/match-text.ts'
import { Avatar } from './avatar.tsx'
import { classNames } from './class-names.ts'
import { EmptyState } from './empty-state.tsx'
import styles from './person-picker.module.css'
import { SearchField } from './search-field.tsx'
import { useRoving } from './use-roving.ts'

export interface PersonPickerProps {
  readonly people: readonly Profile[]
  readonly pickedIds: readonly string[]
  readonly onChange: (pickedIds: readonly string[]) => void
  /** Stands where the chips will be, so that the first one moves nothing. */
  readonly hint?: string
  /** What it says when there is nobody to pick. */
  readonly emptyText: string
  /** What to do then. */
  readonly emptyAction?: ReactNode
}

/** Picks people by name: chips above, a list with ticks below. */
export function PersonPicker({
  people,
  pickedIds,
  onChange,
  hint,
  emptyText,
  emptyAction,
}: PersonPickerProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const searchRef = useRef<HTMLInputElement>(null)
  const shown = people.filter(
    (person) => matchesText(person.displayName, query) || matchesText(person.handle, query),
  )
  const picked = pickedIds.flatMap((id) => people.find((person) => person.userId === id) ?? [])
  const roving = useRoving(shown.map((person) => person.userId))
  const toggle = (userId: string) =>
    onChange(pickedIds.includes(userId) ? pickedIds.filter((id) => id !== userId) : [...pickedIds, userId])

  if (people.length === 0) return <EmptyState action={emptyAction}>{emptyText}</EmptyState>
  return (
    <div className={styles['picker']}>
      {picked.length === 0 && hint !== undefined && <p className={styles['hint']}>{hint}</p>}
      {picked.length > 0 && (
        <ul className={styles['chips']} aria-label={t('people.picked', { count: picked.length })}>
          {picked.map((person) => (
            <li key={person.userId}>
              <button
                type="button"
                className={styles['chip']}
                aria-label={t('people.unpick', { name: person.displayName })}
                onClick={() => {
                  toggle(person.userId)
                  searchRef.current?.focus()
                }}
              >
                <Avatar person={person} size="xs" />
                <bdi>{person.displayName}</bdi>
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <SearchField
        ref={searchRef}
        label={t('people.pickSearch')}
        value={query}
        onChange={setQuery}
        onEnter={() => {
          const [first] = shown
          if (query === '' || first === undefined) return
          toggle(first.userId)
          setQuery('')
        }}
      />
      {shown.length === 0 ? (
        <EmptyState>{t('common.noResults')}</EmptyState>
      ) : (
        <ul className={styles['list']} {...roving.listProps}>
          {shown.map((person, index) => {
            const isPicked = pickedIds.includes(person.userId)
            return (
              <li key={person.userId}>
                <label className={styles['row']}>
                  <input
                    type="checkbox"
                    className={styles['box']}
                    checked={isPicked}
                    {...roving.rowProps(person.userId, index)}
                    onChange={() => toggle(person.userId)}
                  />
                  <Avatar person={person} size="sm" />
                  <bdi className={styles['name']}>{person.displayName}</bdi>
                  <span className={classNames(styles['tick'], isPicked && styles['ticked'])}>
                    {isPicked && <Check size={14} strokeWidth={3} aria-hidden="true" />}
                  </span>
                </label>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
