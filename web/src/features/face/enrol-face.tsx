import type { FaceSettings } from '@our-now/contracts/vision/shapes.ts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraView } from '../../shared/camera/camera-view.tsx'
import { useCamera } from '../../shared/camera/use-camera.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Button } from '../../shared/ui/button.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useFirstFocus } from '../../shared/ui/use-first-focus.ts'
import { useClient } from '../../state/hooks.ts'
import { poses, type Pose } from './capture-poses.ts'
import { captureShots, type Look } from './capture-shots.ts'
import styles from './face.module.css'

const poseKeys = {
  straight: 'face.poseStraight',
  left: 'face.poseLeft',
  right: 'face.poseRight',
} as const satisfies Record<Pose, string>

export interface EnrolFaceProps {
  /** Just confirmed; sent along once more, because the server trusts no page's word for it. */
  readonly password: string
  readonly onDone: (settings: FaceSettings) => void
  readonly onStopped: () => void
}

/** Guided capture; what went wrong is said, and it can begin anew. */
export function EnrolFace({ password, onDone, onStopped }: EnrolFaceProps) {
  const { t } = useTranslation()
  const toast = useToast()
  const errorText = useErrorText()
  const [error, setError] = useState<unknown>()
  const heading = useFirstFocus<HTMLHeadingElement>()
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']} ref={heading} tabIndex={-1}>
        {t('face.enrolTitle')}
      </h2>
      {error === undefined ? (
        <>
          <p className={styles['text']}>{t('face.enrolText')}</p>
          <Capture
            password={password}
            onDone={(settings) => {
              toast({ text: t('face.enrolDone') })
              onDone(settings)
            }}
            onFailed={setError}
          />
        </>
      ) : (
        <p className={styles['bad']} role="alert">
          {errorText(error)}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button fullWidth onClick={onStopped}>
          {t('face.stop')}
        </Button>
        {error !== undefined && (
          <Button variant="primary" fullWidth onClick={() => setError(undefined)}>
            {t('face.retry')}
          </Button>
        )}
      </div>
    </section>
  )
}

interface CaptureProps {
  readonly password: string
  readonly onDone: (settings: FaceSettings) => void
  readonly onFailed: (error: unknown) => void
}

function Capture({ password, onDone, onFailed }: CaptureProps) {
  const { t } = useTranslation()
  const client = useClient()
  const videoRef = useRef<HTMLVideoElement>(null)
  const camera = useCamera(videoRef)
  const { isReady } = camera
  const [look, setLook] = useState<Look>({ taken: 0, problem: undefined, isTaken: false })
  const succeed = useEffectEvent(onDone)
  const fail = useEffectEvent(onFailed)
  useEffect(() => {
    const video = videoRef.current
    if (!isReady || !video) return
    const stopping = new AbortController()
    const { signal } = stopping
    const enrol = async () => {
      const shots = await captureShots(video, { client, onLook: setLook, signal })
      if (shots === undefined) return
      const settings = await client.api.enrolFace({ password, shots })
      if (!signal.aborted) succeed(settings)
    }
    enrol().catch((error: unknown) => {
      if (!signal.aborted) fail(error)
    })
    return () => stopping.abort()
  }, [isReady, client, password])

  const { taken, problem, isTaken } = look
  const pose = poses[Math.min(taken, poses.length - 1)] ?? 'straight'
  const hint =
    taken === poses.length
      ? t('face.enrolSaving')
      : problem === undefined
        ? `${isTaken ? `${t('face.poseGood')} ` : ''}${t(poseKeys[pose])}`
        : t(`errors.${problem}`)
  return (
    <CameraView
      videoRef={videoRef}
      camera={camera}
      done={taken / poses.length}
      hint={hint}
      detail={t('face.shotCount', { count: taken, total: poses.length })}
    />
  )
}
