import { X } from 'lucide-react'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import styles from './toast.module.css'

const fiveSeconds = 5_000
/** More at once would cover what they are about. */
const mostShown = 2

interface ToastOptions {
  readonly text: string
  /** One thing to do about it, such as "Undo" or "Reload". */
  readonly action?: { readonly label: string; readonly onSelect: () => void }
  /** In ms; 0 keeps it until it is closed. 5 000 by default. */
  readonly timeoutMs?: number
  /** Told at once, also while the screen reader speaks. */
  readonly isUrgent?: boolean
}

/** Shows one short sentence at the bottom. The same sentence again replaces the first. */
export type ShowToast = (options: ToastOptions) => void

interface Toast extends ToastOptions {
  readonly id: number
}

const ToastContext = createContext<ShowToast>(() => undefined)

export const useToast = (): ShowToast => use(ToastContext)

/** Around the app, once; `useToast` works anywhere below. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const lastId = useRef(0)
  const show = useMemo<ShowToast>(
    () => (options) => {
      lastId.current += 1
      const toast = { ...options, id: lastId.current }
      setToasts((before) => [...before.filter(({ text }) => text !== options.text), toast].slice(-mostShown))
    },
    [],
  )
  const close = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id))
  return (
    <ToastContext value={show}>
      {children}
      {createPortal(
        // The regions are there before anything is said in them: otherwise nothing would be announced.
        <div className={styles['viewport']}>
          <div aria-live="polite" className={styles['region']}>
            {toasts
              .filter((toast) => toast.isUrgent !== true)
              .map((toast) => (
                <ToastLine key={toast.id} toast={toast} onClose={() => close(toast.id)} />
              ))}
          </div>
          <div role="alert" className={styles['region']}>
            {toasts
              .filter((toast) => toast.isUrgent === true)
              .map((toast) => (
                <ToastLine key={toast.id} toast={toast} onClose={() => close(toast.id)} />
              ))}
          </div>
        </div>,
        document.body,
      )}
    </ToastContext>
  )
}

function ToastLine({ toast, onClose }: { readonly toast: Toast; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [isHeld, setHeld] = useState(false)
  const { text, action, timeoutMs = fiveSeconds } = toast
  const closing = useRef(onClose)
  useEffect(() => {
    closing.current = onClose
  })
  useEffect(() => {
    if (timeoutMs === 0 || isHeld) return undefined
    const timer = setTimeout(() => closing.current(), timeoutMs)
    return () => clearTimeout(timer)
  }, [timeoutMs, isHeld])
  return (
    // It stays while somebody reads it with the mouse on it or reaches its button by keyboard.
    <div
      className={styles['toast']}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles['text']}>{text}</span>
      {action && (
        <button
          type="button"
          className={styles['action']}
          onClick={() => {
            action.onSelect()
            onClose()
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles['close']} aria-label={t('common.close')} onClick={onClose}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
