import { Eye, EyeOff } from 'lucide-react'
import { useId, useState, type ComponentPropsWithRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './text-field.module.css'

export interface TextFieldProps extends Omit<ComponentPropsWithRef<'input'>, 'id'> {
  readonly label: string
  /** Shown under the field while there is no error. */
  readonly hint?: ReactNode
  /** Shown in place of the hint and announced. */
  readonly error?: string | undefined
  readonly hideLabel?: boolean
  /** Texts of the show/hide button; given, the field is a password with that button. */
  readonly reveal?: { readonly show: string; readonly hide: string }
  /** In front of what is typed, such as an icon. */
  readonly leading?: ReactNode
  /** Behind what is typed, such as a counter or a clear button. */
  readonly trailing?: ReactNode
}

export function TextField({
  label,
  hint,
  error,
  hideLabel = false,
  reveal,
  leading,
  trailing,
  className,
  type = 'text',
  ...rest
}: TextFieldProps) {
  const id = useId()
  const [isShown, setShown] = useState(false)
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={classNames(styles['field'], className)}>
      <label htmlFor={id} className={hideLabel ? styles['hiddenLabel'] : styles['label']}>
        {label}
      </label>
      <div className={classNames(styles['box'], error !== undefined && styles['invalid'])}>
        {leading !== undefined && <span className={styles['leading']}>{leading}</span>}
        <input
          dir="auto"
          {...rest}
          id={id}
          type={reveal === undefined ? type : isShown ? 'text' : 'password'}
          className={styles['input']}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={note === undefined ? undefined : noteId}
        />
        {trailing}
        {reveal !== undefined && (
          <button
            type="button"
            className={styles['reveal']}
            aria-label={isShown ? reveal.hide : reveal.show}
            title={isShown ? reveal.hide : reveal.show}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff size={20} aria-hidden="true" /> : <Eye size={20} aria-hidden="true" />}
          </button>
        )}
      </div>
      {note !== undefined && (
        <p
          id={noteId}
          className={error === undefined ? styles['hint'] : styles['error']}
          role={error === undefined ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  )
}
