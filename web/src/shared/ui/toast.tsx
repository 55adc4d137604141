import { Toast as BaseToast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './toast.module.css'

const fiveSeconds = 5_000

export interface ToastOptions {
  readonly text: string
  /** One thing to do about it, such as "Undo" or "Reload". */
  readonly action?: { readonly label: string; readonly onSelect: () => void }
  /** In ms; 0 keeps it until it is closed. 5 000 by default. */
  readonly timeoutMs?: number
  /** Told at once, also while the screen reader speaks. */
  readonly isUrgent?: boolean
}

/** Shows one short sentence at the bottom. */
export type ShowToast = (options: ToastOptions) => void

/** Around the app, once; `useToast` works anywhere below. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <BaseToast.Provider timeout={fiveSeconds} limit={2}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport className={styles['viewport'] ?? ''}>
          <Toasts />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  )
}

export function useToast(): ShowToast {
  const { add } = BaseToast.useToastManager()
  return ({ text, action, timeoutMs = fiveSeconds, isUrgent = false }) => {
    add({
      title: text,
      timeout: timeoutMs,
      priority: isUrgent ? 'high' : 'low',
      ...(action === undefined
        ? {}
        : { actionProps: { children: action.label, onClick: () => action.onSelect() } }),
    })
  }
}

function Toasts() {
  const { t } = useTranslation()
  const { toasts } = BaseToast.useToastManager()
  return toasts.map((toast) => (
    <BaseToast.Root
      key={toast.id}
      toast={toast}
      className={styles['toast'] ?? ''}
      swipeDirection={['down', 'right']}
    >
      <BaseToast.Title className={styles['text'] ?? ''} />
      {toast.actionProps !== undefined && <BaseToast.Action className={styles['action'] ?? ''} />}
      <BaseToast.Close className={styles['close'] ?? ''} aria-label={t('common.close')}>
        <X size={16} aria-hidden="true" />
      </BaseToast.Close>
    </BaseToast.Root>
  ))
}
