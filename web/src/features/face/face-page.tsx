import type { FaceSettings } from '@our-now/contracts/vision/shapes.ts'
import { ScanFace } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { AskPassword } from '../../shared/password/ask-password.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { Switch } from '../../shared/ui/switch.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyHandle } from '../../state/people-selectors.ts'
import { ConsentForm } from './consent-form.tsx'
import { DeleteFace, DeletionResult, type Deletion } from './delete-face.tsx'
import { EnrolFace } from './enrol-face.tsx'
import styles from './face.module.css'
import { PhotoTrial } from './photo-trial.tsx'
import { TrialCheck } from './trial-check.tsx'

/** Everything about my face: consent, enrolment, what it may be used for, trying it out, deletion. */
export function FacePage() {
  const client = useClient()
  const loaded = useLoad(useCallback(() => client.api.getFaceSettings(), [client]))
  const [deletion, setDeletion] = useState<Deletion>()
  if (loaded.status === 'failed') return <LoadFailed error={loaded.error} onRetry={loaded.retry} />
  if (loaded.status === 'loading') return <RowSkeletons count={3} />
  return (
    <div className={styles['page']}>
      {deletion && <DeletionResult deletion={deletion} />}
      <Settings
        settings={loaded.value}
        onChange={(settings) => {
          setDeletion(undefined)
          loaded.setValue(settings)
        }}
        onDeleted={(result) => {
          setDeletion(result)
          loaded.retry()
        }}
      />
    </div>
  )
}

interface SettingsProps {
  readonly settings: FaceSettings
  readonly onChange: (settings: FaceSettings) => void
  readonly onDeleted: (result: Deletion) => void
}

function Settings({ settings, onChange, onDeleted }: SettingsProps) {
  const { t } = useTranslation()
  const { consent, consentVersion, enrolment } = settings
  const [isReading, setReading] = useState(false)
  const mayDelete = consent !== undefined || enrolment !== undefined
  if (!settings.isOn)
    return (
      <section className={styles['section']}>
        <ScanFace size={40} className={styles['icon']} aria-hidden="true" />
        <h2 className={styles['heading']}>{t('face.offTitle')}</h2>
        <p className={styles['text']}>{t(mayDelete ? 'face.offKept' : 'face.offText')}</p>
        {mayDelete && <DeleteFace onDeleted={onDeleted} />}
      </section>
    )
  if (consent?.version !== consentVersion) {
    if (isReading) return <ConsentForm onGiven={onChange} onRefused={() => setReading(false)} />
    return (
      <>
        <section className={styles['section']}>
          <ScanFace size={40} className={styles['icon']} aria-hidden="true" />
          <p className={styles['text']}>{t(consent === undefined ? 'face.intro' : 'face.consentChanged')}</p>
          <Button variant="primary" fullWidth onClick={() => setReading(true)}>
            {t('face.readConsent')}
          </Button>
        </section>
        <PhotoTrial />
        {mayDelete && <DeleteFace onDeleted={onDeleted} />}
      </>
    )
  }
  return <Agreed settings={settings} onChange={onChange} onDeleted={onDeleted} />
}

/** After consent: enrolment, uses, trials. */
function Agreed({ settings, onChange, onDeleted }: SettingsProps) {
  const { t } = useTranslation()
  const client = useClient()
  const language = useLanguage()
  const { isBusy, run } = useRun()
  const handle = useAppSelector(selectMyHandle)
  const [isAsking, setAsking] = useState(false)
  const [password, setPassword] = useState<string>()
  const { consent, enrolment } = settings
  if (password !== undefined)
    return (
      <EnrolFace
        password={password}
        onDone={(next) => {
          setPassword(undefined)
          onChange(next)
        }}
        onStopped={() => setPassword(undefined)}
      />
    )
  return (
    <>
      <section className={styles['section']}>
        <h2 className={styles['heading']}>{t(enrolment ? 'face.enrolled' : 'face.enrolTitle')}</h2>
        <p className={styles['text']}>
          {enrolment === undefined
            ? t('face.enrolText')
            : enrolment.isCurrent
              ? t('face.enrolledAt', {
                  date: formatDate(enrolment.enrolledAt, language),
                  count: enrolment.templates,
                })
              : t('face.enrolNew')}
        </p>
        {consent && (
          <p className={styles['detail']}>
            {t('face.consentGiven', {
              date: formatDate(consent.givenAt, language),
              version: consent.version,
            })}
          </p>
        )}
        <Button
          variant={enrolment?.isCurrent === true ? 'secondary' : 'primary'}
          fullWidth
          onClick={() => setAsking(true)}
        >
          {t(enrolment ? 'face.enrolAgain' : 'face.enrolStart')}
        </Button>
        {isAsking && (
          <AskPassword
            handle={handle}
            title={t(enrolment ? 'face.enrolAgain' : 'face.enrolStart')}
            description={t('face.enrolPassword')}
            confirmLabel={t('secondFactor.next')}
            onClose={() => setAsking(false)}
            onPassword={async (typed) => {
              // Asked now, so that nobody is told of a wrong one after the camera.
              await client.api.confirmPassword({ password: typed })
              setPassword(typed)
            }}
          />
        )}
      </section>
      {enrolment?.isCurrent === true && (
        <>
          <div className={styles['card']}>
            <Switch
              label={t('face.suggestLabel')}
              hint={t('face.suggestText')}
              isOn={settings.maySuggest}
              isDisabled={isBusy}
              onChange={(maySuggest) =>
                void run(async () => onChange(await client.api.updateFaceUses({ maySuggest })))
              }
            />
          </div>
          <TrialCheck />
        </>
      )}
      <PhotoTrial />
      <DeleteFace onDeleted={onDeleted} />
    </>
  )
}
