import { CircleCheck, CircleDashed, CircleMinus, CircleX, TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { Spinner } from '../../../shared/ui/spinner.tsx'
import { useClient } from '../../../state/hooks.ts'
import { conclude } from './conclude.ts'
import styles from './doctor.module.css'
import { checkNames, runChecks, type CheckName, type CheckResult } from './run-checks.ts'

const marks = {
  good: CircleCheck,
  warning: TriangleAlert,
  bad: CircleX,
  'left-out': CircleMinus,
} as const

/** Why a call does not work here, and what to do about it. */
export function CallDoctorPage() {
  const { t } = useTranslation()
  const client = useClient()
  const [results, setResults] = useState<readonly CheckResult[]>([])
  const [step, setStep] = useState<'new' | 'running' | 'done'>('new')
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  const run = async (): Promise<void> => {
    setResults([])
    setStep('running')
    await runChecks(client, (result) => {
      if (!isGone.current) setResults((before) => [...before, result])
    })
    if (!isGone.current) setStep('done')
  }
  const next = checkNames.find((name) => !results.some(({ check }) => check === name))
  return (
    <div className={styles['page']}>
      <p className={styles['text']}>{t('doctor.text')}</p>
      {step === 'done' && (
        <p className={styles['conclusion']} data-conclusion={conclude(results)} role="status">
          {t(`doctor.conclusion.${conclude(results)}`)}
        </p>
      )}
      {step !== 'new' && (
        <ul className={styles['card']} aria-busy={step === 'running'}>
          {checkNames.map((name) => (
            <Check
              key={name}
              name={name}
              result={results.find(({ check }) => check === name)}
              isRunning={step === 'running' && name === next}
            />
          ))}
        </ul>
      )}
      <Button variant="primary" isBusy={step === 'running'} onClick={() => void run()}>
        {t(step === 'new' ? 'doctor.start' : 'doctor.again')}
      </Button>
    </div>
  )
}

interface CheckProps {
  readonly name: CheckName
  readonly result: CheckResult | undefined
  readonly isRunning: boolean
}

function Check({ name, result, isRunning }: CheckProps) {
  const { t } = useTranslation()
  const Mark = result === undefined ? CircleDashed : marks[result.mark]
  return (
    <li className={styles['check']} data-check={name} data-mark={result?.mark ?? 'waiting'}>
      {isRunning ? <Spinner size={20} /> : <Mark size={20} aria-hidden="true" />}
      <span className={styles['words']}>
        <span className={styles['name']}>{t(`doctor.check.${name}`)}</span>
        {result && (
          <span className={styles['detail']}>
            <Words result={result} />
          </span>
        )}
      </span>
    </li>
  )
}

/** What a result means and what to do, in a sentence or two. */
function Words({ result }: { readonly result: CheckResult }) {
  const { t } = useTranslation()
  switch (result.check) {
    case 'microphone':
    case 'camera':
      if (result.code === 'works' || result.code === 'silent') return t(`doctor.device.${result.code}`)
      return t(`call.${result.check}Problem.${result.code}`)
    case 'server':
      return t(`doctor.server.${result.code}`)
    case 'address':
      return t(`doctor.address.${result.code}`, { address: result.address })
    default:
      if (result.code !== 'works') return t(`doctor.${result.check}.${result.code}`)
      return t('doctor.pathWorks', { ms: Math.max(1, Math.round(result.roundTripMs ?? 0)) })
  }
}
