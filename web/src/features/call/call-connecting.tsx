import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { Spinner } from '../../shared/ui/spinner.tsx'
import styles from './call-window.module.css'

/** Between answering and the call: what carries calls is still being loaded. */
export function CallConnecting({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <section
      className={classNames('always-dark', styles['window'], styles['full'], styles['connecting'])}
      aria-label={t('call.screen')}
    >
      <Spinner size={32} />
      <p role="status">{t('call.joining')}</p>
      <Button variant="danger" onClick={onLeave}>
        {t('call.leave')}
      </Button>
    </section>
  )
}
