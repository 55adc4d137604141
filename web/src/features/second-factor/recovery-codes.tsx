import { Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { useCopy } from '../../shared/ui/use-copy.ts'
import { useFirstFocus } from '../../shared/ui/use-first-focus.ts'
import styles from './second-factor.module.css'

export interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onKept: () => void
}

/** Shown this once: nobody goes on without having said that they are kept. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation()
  const copy = useCopy()
  const [isKept, setKept] = useState(false)
  const heading = useFirstFocus<HTMLHeadingElement>()
  const text = codes.join('\n')
  return (
    <section className={styles['section']} aria-labelledby="recovery-codes">
      <h2 className={styles['heading']} id="recovery-codes" ref={heading} tabIndex={-1}>
        {t('secondFactor.keepTitle')}
      </h2>
      <p className={styles['text']}>{t('secondFactor.keepText')}</p>
      <ul className={styles['codes']} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles['buttons']}>
        <Button fullWidth onClick={() => copy(text)}>
          <Copy size={18} aria-hidden="true" />
          {t('common.copy')}
        </Button>
        <Button fullWidth onClick={() => download(t('secondFactor.fileName'), `${text}\n`)}>
          <Download size={18} aria-hidden="true" />
          {t('secondFactor.download')}
        </Button>
      </div>
      <label className={styles['agree']}>
        <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} />
        {t('secondFactor.kept')}
      </label>
      <Button variant="primary" fullWidth disabled={!isKept} onClick={onKept}>
        {t('secondFactor.done')}
      </Button>
    </section>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
