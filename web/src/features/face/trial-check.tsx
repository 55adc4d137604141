import type { ApiReply } from '@our-now/client/http/api-types.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChallengeCapture } from '../../shared/camera/challenge-capture.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import styles from './face.module.css'

/** The check of signing in, to try it while nothing depends on it. */
export function TrialCheck() {
  const { t } = useTranslation()
  const client = useClient()
  const { isBusy, run } = useRun()
  const userId = useAppSelector((state) =>
    state.session.status === 'signed-in' ? state.session.account.userId : '',
  )
  const [challenge, setChallenge] = useState<ApiReply<'createChallenge'>>()
  const [result, setResult] = useState<ApiReply<'verifyChallenge'>>()
  const start = () =>
    run(async () => {
      setResult(undefined)
      setChallenge(await client.api.createChallenge({ userId, purpose: 'trial' }))
    })
  const verify = async (challengeId: string, frames: readonly Blob[]) => {
    await run(async () =>
      setResult(await client.api.verifyChallenge({ challengeId, userId, purpose: 'trial', frames })),
    )
    setChallenge(undefined)
  }
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('face.trialCheck')}</h2>
      <p className={styles['text']}>{t('face.trialCheckText')}</p>
      {challenge && (
        <ChallengeCapture
          key={challenge.challengeId}
          steps={challenge.steps}
          onFrames={(frames) => void verify(challenge.challengeId, frames)}
        />
      )}
      {result && (
        <p className={styles[result.passed ? 'good' : 'bad']} role="status">
          {result.passed ? t('face.passed') : result.reason && t(`face.reasons.${result.reason}`)}{' '}
          {!result.passed && t('face.triesLeft', { count: result.triesLeft })}
        </p>
      )}
      {challenge === undefined ? (
        <Button fullWidth isBusy={isBusy} onClick={() => void start()}>
          {t('face.trialCheck')}
        </Button>
      ) : (
        <Button fullWidth onClick={() => setChallenge(undefined)}>
          {t('face.stop')}
        </Button>
      )}
    </section>
  )
}
