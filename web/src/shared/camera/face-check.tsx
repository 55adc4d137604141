import type { ApiReply } from '@our-now/client/http/api-types.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/button.tsx'
import styles from './camera.module.css'
import { ChallengeCapture } from './challenge-capture.tsx'

/** What a check may be answered with where it did not pass. */
export type Refusal = Pick<
  Extract<ApiReply<'completeSignInByFace'>, { status: string }>,
  'reason' | 'triesLeft'
>

export interface FaceCheckProps {
  readonly begin: () => Promise<ApiReply<'createChallenge'>>
  /** @returns undefined where it passed */
  readonly complete: (challengeId: string, frames: readonly Blob[]) => Promise<Refusal | undefined>
  /** The face cannot be shown any more: another way is needed. */
  readonly onLocked: (why: string) => void
  /** Answers whether it has dealt with a failure itself. */
  readonly onFailed?: (error: unknown) => boolean
}

const lockedCodes: ReadonlySet<string> = new Set(['face_locked', 'face_off', 'face_not_enrolled'])

/** A short look into the camera, with steps that nobody knows beforehand; again after a refusal, while tries are left. */
export function FaceCheck({ begin, complete, onLocked, onFailed }: FaceCheckProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [challenge, setChallenge] = useState<ApiReply<'createChallenge'>>()
  const [failure, setFailure] = useState<string>()

  const fail = (error: unknown) => {
    setChallenge(undefined)
    if (onFailed?.(error) === true) return
    const text = errorText(error)
    if (lockedCodes.has(codeOf(error))) onLocked(text)
    else setFailure(text)
  }
  const start = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      setChallenge(await begin())
    } catch (error) {
      fail(error)
    } finally {
      setBusy(false)
    }
  }
  const judge = async (challengeId: string, frames: readonly Blob[]) => {
    try {
      const refusal = await complete(challengeId, frames)
      if (refusal === undefined) return
      const reason = t(`face.reasons.${refusal.reason}`)
      if (refusal.triesLeft === 0) return onLocked(`${reason} ${t('face.reasons.locked_out')}`)
      setChallenge(undefined)
      setFailure(`${reason} ${t('face.triesLeft', { count: refusal.triesLeft })}`)
    } catch (error) {
      fail(error)
    }
  }

  if (challenge)
    return (
      <ChallengeCapture
        key={challenge.challengeId}
        steps={challenge.steps}
        onFrames={(frames) => void judge(challenge.challengeId, frames)}
      />
    )
  return (
    <div className={styles['check']}>
      {failure !== undefined && (
        <p className={styles['failure']} role="alert">
          {failure}
        </p>
      )}
      <Button variant="primary" fullWidth isBusy={isBusy} onClick={() => void start()}>
        {t(failure === undefined ? 'face.enrolStart' : 'face.retry')}
      </Button>
    </div>
  )
}
