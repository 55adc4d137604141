import { faceConsentTexts, faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import type { FaceSettings } from '@our-now/contracts/vision/shapes.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './face.module.css'

export interface ConsentFormProps {
  readonly onGiven: (settings: FaceSettings) => void
  readonly onRefused: () => void
}

/** The whole text that is agreed to, and nothing beside it. Refusing is as easy as agreeing. */
export function ConsentForm({ onGiven, onRefused }: ConsentFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const language = useLanguage()
  const { isBusy, run } = useRun()
  const [isAgreed, setAgreed] = useState(false)
  const give = () =>
    run(async () => onGiven(await client.api.giveFaceConsent({ version: faceConsentVersion, language })))
  return (
    <section className={styles['section']} aria-labelledby="consent-title">
      <h2 id="consent-title" className={styles['heading']}>
        {t('face.consentTitle')}
      </h2>
      {faceConsentTexts[language].map(({ heading, text }) => (
        <div key={heading}>
          <h3 className={styles['subheading']}>{heading}</h3>
          <p className={styles['text']}>{text}</p>
        </div>
      ))}
      <label className={styles['agree']}>
        <input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.target.checked)} />
        <span>{t('face.consentAgree')}</span>
      </label>
      <div className={styles['buttons']}>
        <Button fullWidth onClick={onRefused}>
          {t('face.consentRefuse')}
        </Button>
        <Button variant="primary" fullWidth disabled={!isAgreed} isBusy={isBusy} onClick={() => void give()}>
          {t('face.consentStart')}
        </Button>
      </div>
    </section>
  )
}
