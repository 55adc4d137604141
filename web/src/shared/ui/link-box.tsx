import { Copy, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import styles from './link-box.module.css'
import { useCopy } from './use-copy.ts'

export interface LinkBoxProps {
  readonly url: string
  readonly label: string
  /** Sent along when it is shared. */
  readonly shareText?: string
  /** `secondary` where something else is the main thing to do. */
  readonly emphasis?: 'primary' | 'secondary'
}

/** A link to pass on: shown, copied, and shared where the device can. */
export function LinkBox({ url, label, shareText, emphasis = 'primary' }: LinkBoxProps) {
  const { t } = useTranslation()
  const copy = useCopy()
  const canShare = typeof navigator.share === 'function'
  const share = async () => {
    // Closing the device's share sheet rejects; that is no failure.
    await navigator.share({ url, ...(shareText !== undefined && { text: shareText }) }).catch(() => undefined)
  }
  return (
    <div className={styles['box']}>
      <input
        readOnly
        className={styles['url']}
        aria-label={label}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={styles['buttons']}>
        <Button variant={canShare ? 'secondary' : emphasis} fullWidth onClick={() => copy(url)}>
          <Copy size={18} aria-hidden="true" />
          {t('common.copy')}
        </Button>
        {canShare && (
          <Button variant={emphasis} fullWidth onClick={() => void share()}>
            <Share2 size={18} aria-hidden="true" />
            {t('common.share')}
          </Button>
        )}
      </div>
    </div>
  )
}
