import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraView } from './camera-view.tsx'
import { grabFrame } from './grab-picture.ts'
import { useCamera } from './use-camera.ts'

const stepKeys = {
  blink: 'face.stepBlink',
  'turn-left': 'face.stepLeft',
  'turn-right': 'face.stepRight',
} as const satisfies Record<FaceStep, string>

/** Frames before the first step, and for each step: all of three steps are fewer than the server takes. */
const readyFrames = 2
const framesPerStep = 7
/** Time between two frames, in ms: eyes that are closed for a second are seen. */
const frameMs = 330

export interface ChallengeCaptureProps {
  readonly steps: readonly FaceStep[]
  /** Given once, oldest first, when all steps had their time. */
  readonly onFrames: (frames: readonly Blob[]) => void
}

/** Leads through the steps of a challenge before the camera and gives what it saw. */
export function ChallengeCapture({ steps, onFrames }: ChallengeCaptureProps) {
  const { t } = useTranslation()
  const videoRef = useRef<HTMLVideoElement>(null)
  const camera = useCamera(videoRef)
  const { isReady } = camera
  const [taken, setTaken] = useState(0)
  const tell = useEffectEvent(onFrames)
  const total = readyFrames + steps.length * framesPerStep
  useEffect(() => {
    if (!isReady) return
    const frames: Promise<Blob>[] = []
    const timer = setInterval(() => {
      const video = videoRef.current
      if (!video) return
      frames.push(grabFrame(video))
      setTaken(frames.length)
      if (frames.length < total) return
      clearInterval(timer)
      void Promise.all(frames).then((blobs) => tell(blobs))
    }, frameMs)
    return () => clearInterval(timer)
  }, [isReady, total])

  const at = Math.floor((taken - readyFrames) / framesPerStep)
  const step = taken < readyFrames ? undefined : steps[at]
  const hint =
    taken >= total ? t('face.judging') : step === undefined ? t('face.stepReady') : t(stepKeys[step])
  return (
    <CameraView
      videoRef={videoRef}
      camera={camera}
      done={taken / total}
      hint={hint}
      detail={t('face.stepCount', {
        count: Math.min(steps.length, Math.max(0, at) + 1),
        total: steps.length,
      })}
    />
  )
}
