import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './camera.module.css'
import type { Camera, CameraProblem } from './use-camera.ts'

const problemKeys = {
  refused: 'face.cameraRefused',
  missing: 'face.cameraMissing',
  busy: 'face.cameraBusy',
  insecure: 'face.cameraInsecure',
} as const satisfies Record<CameraProblem, string>

export interface CameraViewProps {
  readonly videoRef: RefObject<HTMLVideoElement | null>
  readonly camera: Camera
  /** How much is done, 0..1: a ring around the picture. */
  readonly done: number
  /** What to do now; read aloud when it changes. */
  readonly hint: ReactNode
  readonly detail?: string
}

/** One's own camera as in a mirror, with what to do below it. */
export function CameraView({ videoRef, camera, done, hint, detail }: CameraViewProps) {
  const { t } = useTranslation()
  const viewRef = useRef<HTMLDivElement>(null)
  // On a phone it may begin below the fold, and what to do with it.
  useEffect(() => {
    // A promise in newer browsers: nothing to wait for, and no way to end it.
    viewRef.current?.scrollIntoView({ block: 'center' })
  }, [])
  if (camera.problem !== undefined)
    return (
      <EmptyState isError action={<Button onClick={camera.retry}>{t('face.retry')}</Button>}>
        {t(problemKeys[camera.problem])}
      </EmptyState>
    )
  return (
    <div className={styles['view']} ref={viewRef}>
      <div className={styles['ring']} style={{ '--done': done }}>
        <video
          ref={videoRef}
          className={styles['video']}
          aria-label={t('face.cameraView')}
          playsInline
          muted
        />
        {!camera.isReady && <Spinner className={styles['waiting']} size={32} />}
      </div>
      <p className={styles['hint']} aria-live="polite">
        {camera.isReady ? hint : t('face.looking')}
      </p>
      {detail !== undefined && <p className={styles['detail']}>{detail}</p>}
    </div>
  )
}
