import { useEffect, useRef } from 'react'
import styles from './devices.module.css'

const lookMs = 60

/** How loud the microphone hears one, as a bar that moves. Decoration: what matters is said in words beside it. */
export function LevelMeter({ track }: { readonly track: MediaStreamTrack | undefined }) {
  const bar = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (track === undefined) return undefined
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 512
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      bar.current?.style.setProperty('--level', String(loudness(samples)))
    }, lookMs)
    const element = bar.current
    return () => {
      clearInterval(timer)
      element?.style.setProperty('--level', '0')
      void context.close()
    }
  }, [track])
  return (
    <span className={styles['meter']} aria-hidden="true">
      <span ref={bar} className={styles['level']} />
    </span>
  )
}

/** From −60 dB (0) to full scale (1), as ears count. */
function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60))
}
