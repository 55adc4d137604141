import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './search-field.module.css'

export interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly ref?: Ref<HTMLInputElement>
  /** Enter, when nothing is being composed. */
  readonly onEnter?: () => void
  readonly autoFocus?: boolean
}

/** One line to filter a list with. Escape empties it first. */
export function SearchField({ label, value, onChange, ref, onEnter, autoFocus = false }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <search className={styles['field']}>
      <Search size={18} className={styles['icon']} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        className={styles['input']}
        placeholder={label}
        aria-label={label}
        value={value}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        // eslint-disable-next-line jsx-a11y/no-autofocus -- only in dialogs that were opened to search
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault()
            event.stopPropagation()
            onChange('')
          } else if (event.key === 'Enter') onEnter?.()
        }}
      />
      {value !== '' && (
        <button
          type="button"
          className={styles['clear']}
          aria-label={t('common.clearSearch')}
          onClick={() => onChange('')}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </search>
  )
}
