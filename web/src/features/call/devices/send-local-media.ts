import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { DeviceKind } from './open-device.ts'
import type { LocalMedia } from './local-media.ts'

/** Sends what this device hears and sees into a call, and keeps both sides' idea of "muted" the same. */
export function sendLocalMedia(session: CallSession, media: LocalMedia): () => void {
  const sent: Partial<Record<DeviceKind, MediaStreamTrack>> = {}
  /** What fails is tried again by the session; the call going away tells by itself. */
  const run = (work: Promise<void>): void => void work.catch(() => undefined)
  const push = (kind: DeviceKind): void => {
    const { isOn, track } = media.state()[kind]
    if (track !== undefined && track !== sent[kind]) {
      sent[kind] = track
      // Muted before it is there, rather than heard for a moment.
      run(session.setTrack(kind, track))
    }
    run(session.setPaused(kind, !isOn || track === undefined))
  }
  let isPushing = false
  const pushAll = (): void => {
    isPushing = true
    push('microphone')
    push('camera')
    isPushing = false
  }
  /** Muted by somebody else, who may: the button shows it. */
  const pull = (): void => {
    if (isPushing) return
    const told = session.state().sent.microphone
    if (told?.isPaused === true && media.state().microphone.isOn && media.state().microphone.track)
      void media.setOn('microphone', false)
  }
  pushAll()
  const stops = [media.onChange(pushAll), session.onChange(pull)]
  return () => {
    for (const stop of stops) stop()
  }
}
