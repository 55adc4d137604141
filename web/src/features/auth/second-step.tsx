import type { SecondFactorRequired, SecondFactorWay } from '@our-now/contracts/auth/second-factor.ts'
import { KeyRound, ScanFace, Smartphone, type LucideIcon } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { Spinner } from '../../shared/ui/spinner.tsx'
import { AuthLayout } from './auth-layout.tsx'
import styles from './auth-form.module.css'
import { CodeForm } from './code-form.tsx'

const FaceStep = lazy(async () => ({ default: (await import('./face-step.tsx')).FaceStep }))

const ways = {
  face: { icon: ScanFace, text: 'auth.byFaceText', choose: 'auth.byFace' },
  totp: { icon: Smartphone, text: 'auth.byAppText', choose: 'auth.byApp' },
  recovery: { icon: KeyRound, text: 'auth.byRecoveryText', choose: 'auth.byRecovery' },
} as const satisfies Record<SecondFactorWay, { icon: LucideIcon; text: string; choose: string }>

export interface SecondStepProps {
  readonly required: SecondFactorRequired
  /** Back to the password: given up, or this sign-in has ended and says why. */
  readonly onBack: (failure?: string) => void
}

/** After the password: one of the ways that this person has, the quickest first and the others one tap away. */
export function SecondStep({ required, onBack }: SecondStepProps) {
  const { t } = useTranslation()
  const [way, setWay] = useState(required.ways[0] ?? 'totp')
  const [note, setNote] = useState<string>()
  const choose = (next: SecondFactorWay, why?: string) => {
    setWay(next)
    setNote(why)
  }
  const typed = required.ways.find((other) => other !== 'face') ?? 'totp'
  return (
    <AuthLayout
      title={t('auth.secondStepTitle')}
      note={note ?? t(ways[way].text)}
      footer={
        <Button variant="quiet" size="sm" onClick={() => onBack()}>
          {t('auth.otherAccount')}
        </Button>
      }
    >
      {way === 'face' ? (
        <Suspense fallback={<Spinner size={32} />}>
          <FaceStep
            pendingToken={required.pendingToken}
            onEnded={onBack}
            onLocked={(why) => choose(typed, why)}
          />
        </Suspense>
      ) : (
        <CodeForm key={way} pendingToken={required.pendingToken} way={way} onEnded={onBack} />
      )}
      <ul className={styles['ways']} aria-label={t('auth.otherWays')}>
        {required.ways
          .filter((other) => other !== way)
          .map((other) => {
            const { icon: Icon, choose: label } = ways[other]
            return (
              <li key={other}>
                <Button variant="quiet" fullWidth onClick={() => choose(other)}>
                  <Icon size={18} aria-hidden="true" />
                  {t(label)}
                </Button>
              </li>
            )
          })}
      </ul>
    </AuthLayout>
  )
}
